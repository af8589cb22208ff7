use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::authorize::{AuthorizationContext, Principal, Requirement, evaluate};
use crate::token::{OrgId, TokenType, UserId};
#[cfg(feature = "network")]
use crate::verify::OpaqueToken;
use crate::verify::{M2mClaims, OauthClaims, Verified};

/// A machine with a verified token: an API key, a machine-to-machine token or an OAuth access token.
///
/// Cloning is cheap; `Debug` shows ids, never the token. It has no roles, permissions or plans: what it may do is told by
/// its [scopes](Self::scopes).
#[derive(Clone)]
pub struct MachineAuth(Arc<Machine>);

/// The data that clones of a [`MachineAuth`] share.
struct Machine {
    token_type: TokenType,
    id: Box<str>,
    subject: Box<str>,
    user_id: Option<UserId>,
    org_id: Option<OrgId>,
    client_id: Option<Box<str>>,
    name: Option<Box<str>>,
    scopes: Vec<String>,
    claims: Option<Value>,
    token: Box<str>,
}

impl MachineAuth {
    /// Takes the machine from a machine-to-machine token that is a JWT.
    ///
    /// # Errors
    /// A sentence about the claim that does not have the expected type.
    pub(crate) fn from_m2m(token: &Verified<M2mClaims>, text: &str) -> Result<Self, &'static str> {
        let verified = token.claims();
        let mut claims: Map<String, Value> = verified.read().unwrap_or_default();
        let scopes = match claims.get("scopes") {
            Some(Value::String(scopes)) => words(scopes),
            None | Some(Value::Null) => list(claims.get("aud")),
            Some(_) => return Err("the token's `scopes` are not text"),
        };
        let id = string(&claims, "jti");
        for registered in ["iss", "sub", "exp", "nbf", "iat", "jti"] {
            claims.remove(registered);
        }
        Ok(Self(Arc::new(Machine {
            token_type: TokenType::M2mToken,
            id: id.unwrap_or_default(),
            subject: verified.subject().into(),
            user_id: None,
            org_id: None,
            client_id: None,
            name: None,
            scopes,
            claims: (!claims.is_empty()).then_some(Value::Object(claims)),
            token: text.into(),
        })))
    }

    /// Takes the client from an OAuth access token that is a JWT.
    ///
    /// # Errors
    /// A sentence about the claim that does not have the expected type.
    pub(crate) fn from_oauth(token: &Verified<OauthClaims>, text: &str) -> Result<Self, &'static str> {
        let verified = token.claims();
        let claims: Map<String, Value> = verified.read().unwrap_or_default();
        let scopes = match (claims.get("scp"), claims.get("scope")) {
            (Some(scopes @ Value::Array(_)), _) => list(Some(scopes)),
            (None | Some(Value::Null), Some(Value::String(scopes))) => words(scopes),
            (None | Some(Value::Null), None | Some(Value::Null)) => Vec::new(),
            (_, _) => return Err("the token's `scp` is no list, or its `scope` no text"),
        };
        Ok(Self(Arc::new(Machine {
            token_type: TokenType::OauthToken,
            id: string(&claims, "jti").unwrap_or_default(),
            subject: verified.subject().into(),
            user_id: Some(UserId::from(verified.subject())),
            org_id: None,
            client_id: Some(string(&claims, "client_id").unwrap_or_default()),
            name: None,
            scopes,
            claims: None,
            token: text.into(),
        })))
    }

    /// Takes the machine from Clerk's answer about an opaque token.
    #[cfg(feature = "network")]
    pub(crate) fn from_opaque(token: Verified<OpaqueToken>, text: &str) -> Self {
        let token = token.into_claims();
        let subject = token.subject.unwrap_or_default();
        let named = |prefix: &str| subject.starts_with(prefix).then_some(subject.as_str());
        let (user_id, org_id) = match token.token_type {
            TokenType::ApiKey => (named("user_"), named("org_")),
            TokenType::OauthToken => (Some(subject.as_str()), None),
            _ => (None, None),
        };
        Self(Arc::new(Machine {
            token_type: token.token_type,
            id: token.id.unwrap_or_default().into(),
            user_id: user_id.map(UserId::from),
            org_id: org_id.map(OrgId::from),
            client_id: token.client_id.map(Into::into),
            name: token.name.map(Into::into),
            scopes: token.scopes,
            claims: token.claims,
            token: text.into(),
            subject: subject.into(),
        }))
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
    #[must_use = "this only tells: write `if` around what depends on it, or `#[protected(scope = ..)]`"]
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

fn string(claims: &Map<String, Value>, name: &str) -> Option<Box<str>> {
    claims.get(name).and_then(Value::as_str).map(Into::into)
}

/// Splits at each single space, as Clerk's SDK does.
fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

/// Returns the strings of a list, or one string by itself.
fn list(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(list)) => list
            .iter()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}
