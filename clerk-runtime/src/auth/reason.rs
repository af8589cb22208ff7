use std::fmt;

use crate::token::TokenVerificationErrorReason;

/// Why a request is not signed in, with the reason strings of Clerk's `AuthErrorReason`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthReason {
    /// The browser has an active client but no session token.
    ClientUatButNoSessionToken,
    /// A development instance does not know the browser yet.
    DevBrowserMissing,
    /// The browser brings its development token in the query.
    DevBrowserSync,
    /// Neither a session token nor an active client.
    SessionTokenAndUatMissing,
    /// The session token is older than the last change of the client.
    SessionTokenIatBeforeClientUat,
    /// `nbf` is in the future.
    SessionTokenNbf,
    /// `iat` is in the future.
    SessionTokenIatInTheFuture,
    /// A session token but no active client.
    SessionTokenButNoClientUat,
    /// The session token has expired, and why it was not refreshed.
    SessionTokenExpired(RefreshTokenErrorReason),
    /// A token of a class that is not accepted here.
    TokenTypeMismatch,
    /// The token was refused for a reason of its own.
    Token(TokenVerificationErrorReason),
    /// Something that should not happen, such as claims that contradict themselves.
    UnexpectedError,
}

/// Why an expired session token was not refreshed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RefreshTokenErrorReason {
    /// There is no refresh cookie.
    NonEligibleNoRefreshCookie,
    /// Only GET requests are refreshed.
    NonEligibleNonGet,
    /// There is no way to ask Clerk for a new token.
    MissingApiClient,
}

impl RefreshTokenErrorReason {
    /// Clerk's string for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NonEligibleNoRefreshCookie => "non-eligible-no-refresh-cookie",
            Self::NonEligibleNonGet => "non-eligible-non-get",
            Self::MissingApiClient => "missing-api-client",
        }
    }
}

impl AuthReason {
    /// Clerk's string for it, such as `session-token-and-uat-missing`.
    pub fn as_str(self) -> &'static str {
        use RefreshTokenErrorReason as Refresh;
        match self {
            Self::ClientUatButNoSessionToken => "client-uat-but-no-session-token",
            Self::DevBrowserMissing => "dev-browser-missing",
            Self::DevBrowserSync => "dev-browser-sync",
            Self::SessionTokenAndUatMissing => "session-token-and-uat-missing",
            Self::SessionTokenIatBeforeClientUat => "session-token-iat-before-client-uat",
            Self::SessionTokenNbf => "session-token-nbf",
            Self::SessionTokenIatInTheFuture => "session-token-iat-in-the-future",
            Self::SessionTokenButNoClientUat => "session-token-but-no-client-uat",
            Self::SessionTokenExpired(Refresh::NonEligibleNoRefreshCookie) => {
                "session-token-expired-refresh-non-eligible-no-refresh-cookie"
            }
            Self::SessionTokenExpired(Refresh::NonEligibleNonGet) => {
                "session-token-expired-refresh-non-eligible-non-get"
            }
            Self::SessionTokenExpired(Refresh::MissingApiClient) => {
                "session-token-expired-refresh-missing-api-client"
            }
            Self::TokenTypeMismatch => "token-type-mismatch",
            Self::Token(reason) => reason.as_str(),
            Self::UnexpectedError => "unexpected-error",
        }
    }
}

impl fmt::Display for AuthReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
