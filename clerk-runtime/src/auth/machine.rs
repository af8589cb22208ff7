use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::authorize::{AuthorizationContext, Principal, Requirement, evaluate};
use crate::token::{OrgId, TokenType, UserId};

/// A machine with a verified token: an API key, a machine-to-machine token or an OAuth access token.
///
/// Cloning is cheap; `Debug` shows ids, never the token. It has no roles, permissions or plans: what it may do is told by
/// its [scopes](Self::scopes).
#[derive(Clone)]
pub struct MachineAuth(Arc<Machine>);

/// What [`MachineAuth`] shares between its clones.
pub(crate) struct Machine {
    pub(crate) token_type: TokenType,
    pub(crate) id: Box<str>,
    pub(crate) subject: Box<str>,
    pub(crate) user_id: Option<UserId>,
    pub(crate) org_id: Option<OrgId>,
    pub(crate) client_id: Option<Box<str>>,
    pub(crate) name: Option<Box<str>>,
    pub(crate) scopes: Vec<String>,
    pub(crate) claims: Option<Value>,
    pub(crate) token: Box<str>,
}

impl MachineAuth {
    pub(crate) fn new(machine: Machine) -> Self {
        Self(Arc::new(machine))
    }

    /// [`ApiKey`](TokenType::ApiKey), [`M2mToken`](TokenType::M2mToken) or [`OauthToken`](TokenType::OauthToken).
    pub fn token_type(&self) -> TokenType {
        self.0.token_type
    }

    /// The id of the token, not its secret. Empty for a JWT without `jti`.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// Whose token it is: the id of a user, an organization or a machine.
    pub fn subject(&self) -> &str {
        &self.0.subject
    }

    /// The user, for OAuth tokens and the API keys of users.
    pub fn user_id(&self) -> Option<&UserId> {
        self.0.user_id.as_ref()
    }

    /// The organization, for the API keys of organizations.
    pub fn org_id(&self) -> Option<&OrgId> {
        self.0.org_id.as_ref()
    }

    /// The machine, `mch_…`, for machine-to-machine tokens.
    pub fn machine_id(&self) -> Option<&str> {
        (self.0.token_type == TokenType::M2mToken).then_some(&*self.0.subject)
    }

    /// The OAuth client, for OAuth tokens. Empty for a JWT without `client_id`.
    pub fn client_id(&self) -> Option<&str> {
        self.0.client_id.as_deref()
    }

    /// What its owner called it, for API keys.
    pub fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// What the token may be used for.
    pub fn scopes(&self) -> &[String] {
        &self.0.scopes
    }

    /// Whether the token may be used for `scope`. An empty scope is had by nobody.
    pub fn has_scope(&self, scope: &str) -> bool {
        evaluate(&self.context(), Requirement::scope(scope)).is_ok()
    }

    /// Custom claims, of API keys and machine-to-machine tokens.
    pub fn claims(&self) -> Option<&Value> {
        self.0.claims.as_ref()
    }

    /// The token that was presented (Clerk's `getToken()` of a machine).
    pub fn token(&self) -> &str {
        &self.0.token
    }

    pub(super) fn context(&self) -> AuthorizationContext<'_> {
        AuthorizationContext {
            principal: Principal::Machine,
            scopes: self.scopes(),
            ..AuthorizationContext::default()
        }
    }
}

impl fmt::Debug for MachineAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MachineAuth")
            .field("token_type", &self.token_type())
            .field("id", &self.id())
            .field("subject", &self.subject())
            .finish_non_exhaustive()
    }
}
