use std::fmt;
use std::mem::size_of;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;

#[cfg(feature = "network")]
use super::Mint;
use super::{Auth, GetToken};
use crate::authorize::{Asker, Denial, Facts, Requirement, evaluate};
use crate::token::{Actor, FactorVerificationAge, OrgId, SessionId, SessionStatus, UserId};

/// The claims of a session token did not have the expected shape.
#[derive(Debug, thiserror::Error)]
#[error("the session token's claims do not have the expected shape: {:?} error at line {} column {}", .0.classify(), .0.line(), .0.column())]
pub struct ClaimsError(serde_json::Error);

impl From<serde_json::Error> for ClaimsError {
    fn from(error: serde_json::Error) -> Self {
        Self(error)
    }
}

/// All claims of the session token, in a shape of your own. A parameter of protected handlers.
///
/// ```
/// use clerk_runtime::Claims;
///
/// #[derive(serde::Deserialize)]
/// struct Custom {
///     plan: String,
/// }
///
/// fn plan(Claims(custom): Claims<Custom>) -> String {
///     custom.plan
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claims<T>(pub T);

/// A user with a verified session token. Cloning is cheap; `Debug` shows ids, never the token.
#[derive(Clone)]
pub struct SessionAuth(Arc<Session>);

/// What [`SessionAuth`] shares between its clones.
pub(crate) struct Session {
    pub(crate) user_id: UserId,
    pub(crate) session_id: Option<SessionId>,
    pub(crate) status: Option<SessionStatus>,
    pub(crate) actor: Option<Actor>,
    pub(crate) org_id: Option<OrgId>,
    pub(crate) org_slug: Option<Box<str>>,
    pub(crate) org_role: Option<Box<str>>,
    pub(crate) org_permissions: Option<Vec<String>>,
    pub(crate) factor_verification_age: Option<FactorVerificationAge>,
    /// The claim `fea`.
    pub(crate) features: Option<Box<str>>,
    /// The claim `pla`.
    pub(crate) plans: Option<Box<str>>,
    pub(crate) token: Arc<str>,
    #[cfg(feature = "network")]
    pub(crate) mint: Mint,
}

impl SessionAuth {
    pub(crate) fn new(session: Session) -> Self {
        Self(Arc::new(session))
    }

    /// The verified user.
    pub fn user_id(&self) -> &UserId {
        &self.0.user_id
    }

    /// The session. Old tokens from JWT templates have none.
    pub fn session_id(&self) -> Option<&SessionId> {
        self.0.session_id.as_ref()
    }

    /// The session's state, if the instance puts it into its tokens.
    pub fn session_status(&self) -> Option<&SessionStatus> {
        self.0.status.as_ref()
    }

    /// Who acts as the user, if it is somebody else.
    pub fn actor(&self) -> Option<&Actor> {
        self.0.actor.as_ref()
    }

    /// The active organization.
    pub fn org_id(&self) -> Option<&OrgId> {
        self.0.org_id.as_ref()
    }

    /// The slug of the active organization.
    pub fn org_slug(&self) -> Option<&str> {
        self.0.org_slug.as_deref()
    }

    /// The user's role in the active organization, such as `org:admin`.
    pub fn org_role(&self) -> Option<&str> {
        self.0.org_role.as_deref()
    }

    /// The user's permissions in the active organization, such as `org:invoices:read`.
    pub fn org_permissions(&self) -> Option<&[String]> {
        self.0.org_permissions.as_deref()
    }

    /// Minutes since each factor was verified.
    pub fn factor_verification_age(&self) -> Option<FactorVerificationAge> {
        self.0.factor_verification_age
    }

    /// Whether the session has what is asked (Clerk docs: `has()`). Whatever is absent or odd is not had.
    pub fn has<'a>(&self, requirement: impl Into<Requirement<'a>>) -> bool {
        self.authorize(requirement).is_ok()
    }

    /// Whether the session has what is asked, and if not, what is missing.
    ///
    /// # Errors
    /// The [`Denial`] that a guard with this requirement would answer.
    pub fn authorize<'a>(&self, requirement: impl Into<Requirement<'a>>) -> Result<(), Denial<'a>> {
        evaluate(&self.facts(), requirement.into())
    }

    /// All claims of the session token, custom ones included.
    ///
    /// # Errors
    /// [`ClaimsError`] if they do not have the shape of `T`.
    pub fn session_claims<T: DeserializeOwned>(&self) -> Result<T, ClaimsError> {
        let payload = payload_of(&self.0.token);
        Ok(serde_json::from_slice(&payload)?)
    }

    /// A token of the user: the session token of the request, or a new one, see [`GetToken`]. `None` for a session token
    /// without an id of its session.
    pub fn get_token(&self) -> GetToken {
        GetToken::new(Auth::Session(self.clone()))
    }

    /// The session token.
    pub(crate) fn token(&self) -> &Arc<str> {
        &self.0.token
    }

    /// How many bytes it takes, more or less.
    pub(crate) fn weight(&self) -> usize {
        let session = &*self.0;
        let permissions = session.org_permissions.as_deref().unwrap_or_default();
        let permissions: usize = permissions
            .iter()
            .map(|permission| size_of::<String>() + permission.len())
            .sum();
        // The claims stand in the token, and apart from permissions are no longer than it.
        size_of::<Session>() + 2 * session.token.len() + permissions
    }

    pub(super) fn facts(&self) -> Facts<'_> {
        let session = &*self.0;
        Facts {
            asker: Asker::Session,
            org_id: session.org_id.as_deref(),
            org_role: session.org_role.as_deref(),
            org_permissions: session.org_permissions.as_deref(),
            features: session.features.as_deref(),
            plans: session.plans.as_deref(),
            factor_verification_age: session.factor_verification_age,
            scopes: &[],
        }
    }

    pub(super) fn session(&self) -> &Session {
        &self.0
    }
}

/// The payload of a token that was verified, hence decoded before: it is asked for too seldom to be kept.
fn payload_of(token: &str) -> Vec<u8> {
    let payload = token.split('.').nth(1).unwrap_or_default();
    BASE64_URL_SAFE_NO_PAD.decode(payload).unwrap_or_default()
}

impl fmt::Debug for SessionAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionAuth")
            .field("user_id", self.user_id())
            .field("session_id", &self.session_id())
            .field("org_id", &self.org_id())
            .field("org_role", &self.org_role())
            .finish_non_exhaustive()
    }
}
