//! The steps of a request, as the decisions ask for them.

use std::time::Duration;

use super::cookies::ConflictingCookie;
use crate::Deviation;
use crate::auth::AuthReason;
use crate::token::{TokenCarrier, TokenKind, TokenType};

/// The next step of a request.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// Verify the session token in this place.
    VerifySession(TokenCarrier),
    /// Wait for the keys that tell the session cookies apart, and start again.
    AwaitCookieKeys,
    /// Verify the machine token in the header.
    VerifyMachine(TokenKind),
    /// Take over what a handshake left for the application.
    ResolveHandshake,
    /// Ask Clerk for a new session token.
    Refresh,
    Done(NotSignedIn),
}

/// The end of a request that is not signed in.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum NotSignedIn {
    SignedOut {
        token_type: Option<TokenType>,
        reason: AuthReason,
        deviation: Option<Deviation>,
    },
    /// Somebody else may know more; a request that cannot be redirected there is signed out for the same reason.
    Handshake {
        reason: AuthReason,
        destination: Destination,
        deviation: Option<Deviation>,
    },
    /// The keys that tell the session cookies apart cannot be had in time.
    KeysUnavailable {
        /// The wait until the keys may be asked for again, if Clerk could not be reached.
        retry_after: Option<Duration>,
    },
    /// Two different values of a cookie that counts, and nothing tells which of them is the browser's own.
    ConflictingCookies {
        cookie: ConflictingCookie,
        /// Set if the browser has just come back from a handshake, which did not help.
        is_back: bool,
    },
}

/// The place that a browser is sent to for a handshake.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Destination {
    FrontendApi,
    /// The sign-in page on the primary domain, from a satellite in development.
    PrimaryDomain,
    /// Back to the satellite that asked, in development.
    Satellite(Box<url::Url>),
}

pub(super) fn signed_out(reason: AuthReason) -> NotSignedIn {
    NotSignedIn::SignedOut {
        token_type: Some(TokenType::SessionToken),
        reason,
        deviation: None,
    }
}

pub(super) fn handshake(reason: AuthReason) -> NotSignedIn {
    NotSignedIn::Handshake {
        reason,
        destination: Destination::FrontendApi,
        deviation: None,
    }
}
