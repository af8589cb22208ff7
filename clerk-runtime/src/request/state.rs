use std::fmt;
use std::time::Duration;

use http::HeaderMap;

use crate::Deviation;
use crate::auth::{Auth, AuthReason, SessionAuth, SignedOut};
use crate::token::{SessionStatus, TokenCarrier, TokenType};

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

/// The outcome of authenticating a request (Clerk docs: `authenticateRequest()`).
#[derive(Debug, Clone)]
pub struct RequestState {
    pub(super) status: AuthStatus,
    pub(super) reason: Option<AuthReason>,
    pub(super) message: Option<String>,
    pub(super) headers: HeaderMap,
    pub(super) session: Option<SessionAuth>,
    pub(super) carrier: Option<TokenCarrier>,
    pub(super) deviation: Option<Deviation>,
    pub(super) outage: Option<Duration>,
}

impl RequestState {
    /// Signed in, signed out, or to be sent to the handshake. A pending session is signed in here; only
    /// [`to_auth`](Self::to_auth) counts it as signed out.
    pub fn status(&self) -> AuthStatus {
        self.status
    }

    /// Why the request is not signed in.
    pub fn reason(&self) -> Option<AuthReason> {
        self.reason
    }

    /// A sentence about the token that was refused, for logs.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The type of token that this is about.
    pub fn token_type(&self) -> TokenType {
        TokenType::SessionToken
    }

    /// Where the token was, if there was one.
    pub fn token_carrier(&self) -> Option<TokenCarrier> {
        self.carrier
    }

    /// Headers that belong on the response: Clerk's debug headers and, for a handshake, the redirect.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The rule by which this crate is stricter here than Clerk's own SDK, if it is one.
    pub fn deviation(&self) -> Option<Deviation> {
        self.deviation
    }

    /// How long to wait before trying again, if the request could not be judged because the keys are unavailable.
    pub fn retry_after(&self) -> Option<Duration> {
        self.outage
    }

    /// The auth object; a pending session counts as signed out.
    pub fn to_auth(&self) -> Auth {
        match &self.session {
            Some(session) if session.session_status() == Some(&SessionStatus::Pending) => {
                Auth::SignedOut(SignedOut {
                    reason: None,
                    session_status: Some(SessionStatus::Pending),
                    token_presented: true,
                })
            }
            _ => self.to_auth_with_pending(),
        }
    }

    /// The auth object; a pending session counts as signed in (Clerk's `treatPendingAsSignedOut: false`).
    pub fn to_auth_with_pending(&self) -> Auth {
        match &self.session {
            Some(session) => Auth::Session(session.clone()),
            None => Auth::SignedOut(SignedOut {
                reason: self.reason,
                session_status: None,
                token_presented: self.carrier.is_some(),
            }),
        }
    }
}
