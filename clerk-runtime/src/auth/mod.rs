//! The auth object: who makes a request, as Clerk's `getAuth()` tells it.

mod get_token;
mod machine;
mod reason;
mod session;
mod token_mint;

use get_token::TokenSource;
pub use get_token::{GetToken, GetTokenError};
pub use machine::MachineAuth;
pub use reason::{AuthReason, MachineTokenVerificationErrorCode, RefreshTokenErrorReason};
pub use session::{Claims, SessionAuth};
#[cfg(feature = "network")]
pub(crate) use token_mint::DEFAULT_CAPACITY;
pub(crate) use token_mint::TemplateTokenIssuer;

pub use crate::verify::ClaimsError;

use crate::Deviation;
use crate::authorize::{AuthorizationContext, Denial, IntoRequirement, evaluate};
use crate::token::{
    AcceptsToken, Actor, FactorVerificationAge, OrgId, SessionId, SessionStatus, TokenType, UserId,
};

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
#[must_use = "this only tells who calls: every caller gets on unless it is looked at"]
#[non_exhaustive]
pub enum Auth {
    /// Nobody, or nobody that could be verified.
    SignedOut(SignedOut),
    /// A user with a verified session token.
    Session(SessionAuth),
    /// A machine with a verified token.
    Machine(MachineAuth),
}

/// Why nobody is signed in.
#[derive(Debug, Clone)]
pub struct SignedOut {
    pub(crate) token_type: Option<TokenType>,
    pub(crate) reason: Option<AuthReason>,
    pub(crate) deviation: Option<Deviation>,
    pub(crate) session_status: Option<SessionStatus>,
    pub(crate) token_presented: bool,
}

impl SignedOut {
    /// The type of token that this is the answer to; `None` for a token whose type is not in the list of accepted ones.
    pub fn token_type(&self) -> Option<TokenType> {
        self.token_type
    }

    /// Clerk's reason; `None` for a pending session, whose token is in order.
    pub fn reason(&self) -> Option<&AuthReason> {
        self.reason.as_ref()
    }

    /// Returns the rule by which this crate is stricter here than Clerk's own SDK, if it is one.
    pub fn deviation(&self) -> Option<Deviation> {
        self.deviation
    }

    /// [`SessionStatus::Pending`] if that is why, else `None`.
    pub fn session_status(&self) -> Option<&SessionStatus> {
        self.session_status.as_ref()
    }

    /// Whether the request carried something in place of a token, so that "absent" and "invalid" stay apart.
    #[must_use]
    pub fn token_presented(&self) -> bool {
        self.token_presented
    }
}

impl Auth {
    /// Whether somebody is signed in, a user or a machine.
    #[must_use = "this only tells whether somebody is signed in: act on it, or take the session by `#[protected]`"]
    pub fn is_authenticated(&self) -> bool {
        !matches!(self, Self::SignedOut(_))
    }

    /// The type of token that this is the answer to; `None` for a token whose type is not in the list of accepted ones.
    pub fn token_type(&self) -> Option<TokenType> {
        match self {
            Self::SignedOut(signed_out) => signed_out.token_type,
            Self::Session(_) => Some(TokenType::SessionToken),
            Self::Machine(machine) => Some(machine.token_type()),
        }
    }

    /// The session, if somebody is signed in with one.
    pub fn session(&self) -> Option<&SessionAuth> {
        match self {
            Self::Session(session) => Some(session),
            Self::SignedOut(_) | Self::Machine(_) => None,
        }
    }

    /// The machine, if one is signed in.
    pub fn machine(&self) -> Option<&MachineAuth> {
        match self {
            Self::Machine(machine) => Some(machine),
            Self::SignedOut(_) | Self::Session(_) => None,
        }
    }

    /// What is left of it where only some types of token are accepted (Clerk docs: `getAuth(req, { acceptsToken })`).
    ///
    /// An auth object of another type becomes one that is signed out: of the type that is asked for, or of no type if
    /// several are.
    pub fn accepting(&self, accepts: AcceptsToken) -> Self {
        if accepts == AcceptsToken::ANY || self.token_type().is_some_and(|own| accepts.accepts(own)) {
            return self.clone();
        }
        let token_presented = match self {
            Self::SignedOut(signed_out) => signed_out.token_presented,
            Self::Session(_) | Self::Machine(_) => true,
        };
        Self::SignedOut(SignedOut {
            token_type: accepts.single(),
            reason: Some(AuthReason::TokenTypeMismatch),
            deviation: None,
            session_status: None,
            token_presented,
        })
    }

    /// The verified user: of a session, an OAuth token or the API key of a user.
    pub fn user_id(&self) -> Option<&UserId> {
        match self {
            Self::SignedOut(_) => None,
            Self::Session(session) => Some(session.user_id()),
            Self::Machine(machine) => machine.user_id(),
        }
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
            Self::Machine(_) => None,
        }
    }

    /// Who acts as the user, if it is somebody else.
    pub fn actor(&self) -> Option<&Actor> {
        self.session().and_then(SessionAuth::actor)
    }

    /// The active organization of a session, or the one whose API key it is.
    pub fn org_id(&self) -> Option<&OrgId> {
        match self {
            Self::SignedOut(_) => None,
            Self::Session(session) => session.org_id(),
            Self::Machine(machine) => machine.org_id(),
        }
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

    /// Whether whoever is signed in has what is asked (Clerk docs: `has()`). Nobody who is signed out has anything; a machine
    /// has scopes and nothing else.
    ///
    /// ```
    /// # fn example(auth: clerk_runtime::Auth) {
    /// use clerk_runtime::Requirement;
    ///
    /// let may_read = auth.has(Requirement::permission("org:invoices:read"));
    /// let may_pay = auth.has(Requirement::All(&[Requirement::role("org:admin"), Requirement::plan("pro")]));
    /// # }
    /// ```
    #[must_use = "this only tells: write `authorize(..)?`, or `if` around what depends on it"]
    pub fn has<'a>(&self, requirement: impl IntoRequirement<'a>) -> bool {
        self.authorize(requirement).is_ok()
    }

    /// Whether whoever is signed in has what is asked, and if not, what is missing.
    ///
    /// # Errors
    /// The [`Denial`] that a guard with this requirement would answer. In a handler that returns `Result<_, Rejection>` it
    /// becomes that answer by `?`: 403, or 401 for a caller that is signed out.
    pub fn authorize<'a>(&self, requirement: impl IntoRequirement<'a>) -> Result<(), Denial<'a>> {
        let context = match self {
            Self::SignedOut(signed_out) => {
                return evaluate(&AuthorizationContext::default(), requirement.into_requirement())
                    .map_err(|denial| denial.of_signed_out(signed_out.token_presented));
            }
            Self::Session(session) => session.context(),
            Self::Machine(machine) => machine.context(),
        };
        evaluate(&context, requirement.into_requirement())
    }

    /// All claims of the session token, `None` when signed out.
    ///
    /// # Errors
    /// [`ClaimsError`] if they do not have the shape of `T`.
    pub fn session_claims<T: serde::de::DeserializeOwned>(&self) -> Result<Option<T>, ClaimsError> {
        self.session().map(SessionAuth::session_claims).transpose()
    }

    /// A token of the user: the session token of the request, or a new one, see [`GetToken`]. The token of a
    /// machine is the one that it presented. `None` when signed out.
    pub fn get_token(&self) -> GetToken {
        GetToken::new(match self {
            Self::SignedOut(_) => TokenSource::SignedOut,
            Self::Session(session) => session.token_source(),
            Self::Machine(machine) => TokenSource::Machine(machine.token().into()),
        })
    }
}
