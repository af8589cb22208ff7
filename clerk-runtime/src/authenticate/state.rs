use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;
use std::time::Duration;

use http::HeaderMap;

use crate::Deviation;
use crate::auth::{Auth, AuthReason, MachineAuth, SessionAuth, SignedOut};
use crate::error_text::debug_as_display;
use crate::token::{SessionStatus, TokenCarrier, TokenType, TokenVerificationError};

/// How a request was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthStatus {
    /// A verified session token.
    SignedIn,
    /// Nobody.
    SignedOut,
    /// Nobody yet: the browser should be sent to Clerk, see [`RequestState::headers`].
    Handshake,
}

impl AuthStatus {
    /// Clerk's string for it, such as `signed-in`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignedOut => "signed-out",
            Self::Handshake => "handshake",
        }
    }
}

impl fmt::Display for AuthStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub(super) enum SignedIn {
    Session(SessionAuth),
    Machine(MachineAuth),
}

/// The outcome of authenticating a request (Clerk docs: `authenticateRequest()`).
#[derive(Debug, Clone)]
#[must_use = "this only tells who calls: every caller gets on unless the status is looked at"]
pub struct RequestState {
    pub(super) status: AuthStatus,
    pub(super) token_type: Option<TokenType>,
    pub(super) reason: Option<AuthReason>,
    /// Most requests are signed in and tell nothing; a state is moved often.
    pub(super) response: Option<Box<ResponseParts>>,
    pub(super) signed_in: Option<SignedIn>,
    pub(super) carrier: Option<TokenCarrier>,
    pub(super) deviation: Option<Deviation>,
    pub(super) retry_after: Option<Duration>,
}

/// What belongs on the response, and what belongs in the log.
#[derive(Debug, Clone, Default)]
pub(super) struct ResponseParts {
    pub(super) headers: HeaderMap,
    pub(super) message: Option<String>,
    /// Holds the sentence of the check that refused the token, without any value.
    pub(super) refusal: Option<Cow<'static, str>>,
}

impl ResponseParts {
    /// Nothing, if there are no headers.
    pub(super) fn from_headers(headers: HeaderMap) -> Option<Box<Self>> {
        if headers.is_empty() {
            return None;
        }
        Some(Box::new(Self {
            headers,
            ..Self::default()
        }))
    }
}

impl RequestState {
    /// Signed in, signed out, or to be sent to the handshake. A pending session is signed in here; only
    /// [`to_auth`](Self::to_auth) counts it as signed out.
    pub fn status(&self) -> AuthStatus {
        self.status
    }

    /// Why the request is not signed in.
    pub fn reason(&self) -> Option<&AuthReason> {
        self.reason.as_ref()
    }

    /// A sentence about the token that was refused, for logs.
    pub fn message(&self) -> Option<&str> {
        self.response.as_ref()?.message.as_deref()
    }

    /// The type of token that this is about; `None` for a token whose type is not in the list of accepted ones.
    pub fn token_type(&self) -> Option<TokenType> {
        self.token_type
    }

    /// Where the token was, if there was one.
    pub fn token_carrier(&self) -> Option<TokenCarrier> {
        self.carrier
    }

    /// Headers that belong on the response, whoever is signed in: Clerk's debug headers, cookies to be set, and a redirect.
    ///
    /// As with Clerk's SDK, the debug headers `x-clerk-auth-status`, `x-clerk-auth-reason` and `x-clerk-auth-message` are
    /// there for production instances too. They tell a stranger why a token was refused: `ClerkLayer` removes them there, and
    /// an application that sends these headers by itself should do so.
    ///
    /// A `Location` is to be followed first of all, with status 307 and an empty body.
    pub fn headers(&self) -> &HeaderMap {
        static NONE: LazyLock<HeaderMap> = LazyLock::new(HeaderMap::new);
        self.response.as_ref().map_or(&NONE, |response| &response.headers)
    }

    /// The rule by which this crate is stricter here than Clerk's own SDK, if it is one.
    pub fn deviation(&self) -> Option<Deviation> {
        self.deviation
    }

    /// How long to wait before trying again, if the request could not be judged because Clerk is unavailable.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// Whose session token it is, pending or not.
    #[cfg(feature = "axum")]
    pub(crate) fn session(&self) -> Option<&SessionAuth> {
        match &self.signed_in {
            Some(SignedIn::Session(session)) => Some(session),
            Some(SignedIn::Machine(_)) | None => None,
        }
    }

    /// Returns whether [`to_auth`](Self::to_auth) signs somebody in: a machine, or a session that is not pending.
    #[cfg(feature = "axum")]
    pub(crate) fn is_authenticated(&self) -> bool {
        self.signed_in.is_some() && !self.is_pending()
    }

    /// Returns what the check says that refused the token.
    pub(super) fn refusal(&self) -> Option<&str> {
        self.response.as_ref()?.refusal.as_deref()
    }

    /// Makes the state of an auth object that is signed out, as far as it tells.
    #[cfg(feature = "axum")]
    pub(crate) fn from_signed_out(signed_out: &SignedOut) -> Self {
        Self {
            status: AuthStatus::SignedOut,
            token_type: signed_out.token_type,
            reason: signed_out.reason.clone(),
            response: None,
            signed_in: None,
            carrier: None,
            deviation: signed_out.deviation,
            retry_after: None,
        }
    }

    pub(super) fn is_pending(&self) -> bool {
        match &self.signed_in {
            Some(SignedIn::Session(session)) => session.session_status() == Some(&SessionStatus::Pending),
            Some(SignedIn::Machine(_)) | None => false,
        }
    }

    /// The auth object; a pending session counts as signed out.
    pub fn to_auth(&self) -> Auth {
        if !self.is_pending() {
            return self.to_auth_with_pending();
        }
        Auth::SignedOut(SignedOut {
            token_type: Some(TokenType::SessionToken),
            reason: None,
            deviation: None,
            session_status: Some(SessionStatus::Pending),
            token_presented: true,
        })
    }

    /// The auth object; a pending session counts as signed in (Clerk's `treatPendingAsSignedOut: false`).
    pub fn to_auth_with_pending(&self) -> Auth {
        match &self.signed_in {
            Some(SignedIn::Session(session)) => Auth::Session(session.clone()),
            Some(SignedIn::Machine(machine)) => Auth::Machine(machine.clone()),
            None => Auth::SignedOut(SignedOut {
                token_type: self.token_type,
                reason: self.reason.clone(),
                deviation: self.deviation,
                session_status: None,
                token_presented: self.carrier.is_some(),
            }),
        }
    }
}

/// A request could not be judged at all: a mistake in the configuration, or a development instance's way to say that
/// something is wrong with its keys. Not the same as a request that nobody is signed in with.
#[derive(Clone, thiserror::Error)]
#[non_exhaustive]
pub enum AuthenticateError {
    /// Session tokens, API keys and OAuth tokens need the secret key.
    #[error(
        "CLERK_SECRET_KEY is not set: copy it from the API keys page of the Clerk dashboard; a machine secret key is enough for machine-to-machine tokens only"
    )]
    SecretKeyMissing,
    /// A satellite that signs its users in at itself would wait for itself.
    #[error("CLERK_SIGN_IN_URL is on the satellite's own origin: it has to be on the primary domain")]
    SignInUrlOrigin,
    /// In development: the result of a handshake does not verify.
    #[error(
        "the handshake's token does not verify: {0}; if the keys of this application were changed, clear the browser's cookies"
    )]
    Handshake(TokenVerificationError),
}

debug_as_display!(AuthenticateError);

impl AuthenticateError {
    /// A stable code for it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::SecretKeyMissing => "authenticate-secret-key-missing",
            Self::SignInUrlOrigin => "authenticate-sign-in-url-origin",
            Self::Handshake(_) => "authenticate-handshake",
        }
    }

    /// How long to wait before trying again, if only the keys are unavailable.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Handshake(error) => error.retry_after(),
            Self::SecretKeyMissing | Self::SignInUrlOrigin => None,
        }
    }

    /// The rule by which this crate is stricter here than Clerk's own SDK, if it is one.
    pub fn deviation(&self) -> Option<Deviation> {
        match self {
            Self::Handshake(error) => error.deviation(),
            Self::SecretKeyMissing | Self::SignInUrlOrigin => None,
        }
    }
}
