//! The auth object: who makes a request, as Clerk's `getAuth()` tells it.

mod get_token;
mod reason;
mod session;

pub use get_token::{GetToken, GetTokenError};
pub use reason::{AuthReason, RefreshTokenErrorReason};
pub(crate) use session::Session;
pub use session::{Claims, ClaimsError, SessionAuth};

use crate::token::{Actor, FactorVerificationAge, OrgId, SessionId, SessionStatus, TokenType, UserId};

/// Who makes a request.
///
/// As in Clerk's SDKs a session that is still [pending](SessionStatus::Pending) counts as signed out.
///
/// ```
/// # fn handler(auth: clerk_runtime::Auth) -> String {
/// match auth.user_id() {
///     Some(user_id) => format!("hello {user_id}"),
///     None => "hello stranger".to_owned(),
/// }
/// # }
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Auth {
    /// Nobody, or nobody that could be verified.
    SignedOut(SignedOut),
    /// A user with a verified session token.
    Session(SessionAuth),
}

/// Why nobody is signed in.
#[derive(Debug, Clone)]
pub struct SignedOut {
    pub(crate) reason: Option<AuthReason>,
    pub(crate) session_status: Option<SessionStatus>,
    pub(crate) token_presented: bool,
}

impl SignedOut {
    /// Clerk's reason; `None` for a pending session, whose token is in order.
    pub fn reason(&self) -> Option<AuthReason> {
        self.reason
    }

    /// [`SessionStatus::Pending`] if that is why, else `None`.
    pub fn session_status(&self) -> Option<&SessionStatus> {
        self.session_status.as_ref()
    }

    /// Whether the request carried something in place of a token, so that "absent" and "invalid" stay apart.
    pub fn token_presented(&self) -> bool {
        self.token_presented
    }
}

impl Auth {
    /// Whether somebody is signed in.
    pub fn is_authenticated(&self) -> bool {
        self.session().is_some()
    }

    /// The type of token that this is the answer to.
    pub fn token_type(&self) -> TokenType {
        TokenType::SessionToken
    }

    /// The session, if somebody is signed in with one.
    pub fn session(&self) -> Option<&SessionAuth> {
        match self {
            Self::Session(session) => Some(session),
            Self::SignedOut(_) => None,
        }
    }

    /// The verified user.
    pub fn user_id(&self) -> Option<&UserId> {
        self.session().map(SessionAuth::user_id)
    }

    /// The session's id.
    pub fn session_id(&self) -> Option<&SessionId> {
        self.session().and_then(SessionAuth::session_id)
    }

    /// The session's state; also known of a pending session, which counts as signed out.
    pub fn session_status(&self) -> Option<&SessionStatus> {
        match self {
            Self::Session(session) => session.session_status(),
            Self::SignedOut(signed_out) => signed_out.session_status(),
        }
    }

    /// Who acts as the user, if it is somebody else.
    pub fn actor(&self) -> Option<&Actor> {
        self.session().and_then(SessionAuth::actor)
    }

    /// The active organization.
    pub fn org_id(&self) -> Option<&OrgId> {
        self.session().and_then(SessionAuth::org_id)
    }

    /// The user's role in the active organization, such as `org:admin`.
    pub fn org_role(&self) -> Option<&str> {
        self.session().and_then(SessionAuth::org_role)
    }

    /// The slug of the active organization.
    pub fn org_slug(&self) -> Option<&str> {
        self.session().and_then(SessionAuth::org_slug)
    }

    /// The user's permissions in the active organization, such as `org:invoices:read`.
    pub fn org_permissions(&self) -> Option<&[String]> {
        self.session().and_then(SessionAuth::org_permissions)
    }

    /// Minutes since each factor was verified.
    pub fn factor_verification_age(&self) -> Option<FactorVerificationAge> {
        self.session().and_then(SessionAuth::factor_verification_age)
    }

    /// All claims of the session token, `None` when signed out.
    ///
    /// # Errors
    /// [`ClaimsError`] if they do not have the shape of `T`.
    pub fn session_claims<T: serde::de::DeserializeOwned>(&self) -> Result<Option<T>, ClaimsError> {
        self.session().map(SessionAuth::session_claims).transpose()
    }

    /// A token of the user: the session token of the request, or a new one, see [`GetToken`]. `None` when signed out.
    pub fn get_token(&self) -> GetToken {
        GetToken::new(self.session().cloned())
    }
}
