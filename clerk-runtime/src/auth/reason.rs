use std::borrow::Cow;
use std::fmt;

use crate::token::TokenVerificationErrorReason;

/// Why a request is not signed in, with the reason strings of Clerk's `AuthErrorReason`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthReason {
    /// The page belongs to another organization than the session's active one.
    ActiveOrganizationMismatch,
    /// The browser has an active client but no session token.
    ClientUatButNoSessionToken,
    /// A development instance does not know the browser yet.
    DevBrowserMissing,
    /// The browser brings its development token in the query.
    DevBrowserSync,
    /// Only machine tokens are accepted, and they come in the header.
    NoTokenInHeader,
    /// The browser comes from another site, which may have signed it in or out.
    PrimaryDomainCrossOriginSync,
    /// A satellite asks a development instance's primary domain for its session.
    PrimaryRespondsToSyncing,
    /// A satellite does not know yet whether the primary domain has a session.
    SatelliteNeedsSyncing,
    /// Neither a session token nor an active client.
    SessionTokenAndUatMissing,
    /// A session token but no active client.
    SessionTokenButNoClientUat,
    /// The session token has expired, and why it was not refreshed.
    SessionTokenExpired(RefreshTokenErrorReason),
    /// The session token is older than the last change of the client.
    SessionTokenIatBeforeClientUat,
    /// `iat` is in the future.
    SessionTokenIatInTheFuture,
    /// A handshake told of no session.
    SessionTokenMissing,
    /// `nbf` is in the future.
    SessionTokenNbf,
    /// A token of a class that is not accepted here.
    TokenTypeMismatch,
    /// The session token was refused for a reason of its own.
    Token(TokenVerificationErrorReason),
    /// The machine token was refused for a reason of its own.
    MachineToken(MachineTokenVerificationErrorCode),
    /// Something that should not happen, such as claims that contradict themselves.
    UnexpectedError,
}

/// Why an expired session token was not refreshed, with the strings of Clerk's `RefreshTokenErrorReason`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RefreshTokenErrorReason {
    /// The expired token does not decode.
    ExpiredSessionTokenDecodeFailed,
    /// The expired token does not say which session it was.
    ExpiredSessionTokenMissingSidClaim,
    /// Clerk could not be reached.
    FetchError,
    /// The new session token was refused.
    InvalidSessionToken,
    /// Nothing can be refreshed here: there is no way to ask Clerk, or none to give the browser its new cookies.
    MissingApiClient,
    /// There is no refresh cookie.
    NonEligibleNoRefreshCookie,
    /// Only GET requests are refreshed.
    NonEligibleNonGet,
    /// Clerk answered something that is not its API.
    UnexpectedBapiError,
    /// Clerk's answer has no cookies.
    UnexpectedSdkError,
    /// Clerk's own code, such as `refresh_token_invalid`.
    Api(Box<str>),
}

/// Why a machine token was refused, with the strings of Clerk's `MachineTokenVerificationErrorCode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MachineTokenVerificationErrorCode {
    /// Clerk refused the secret key.
    SecretKeyInvalid,
    /// There is no such token.
    TokenInvalid,
    /// The token does not pass verification.
    TokenVerificationFailed,
    /// Clerk could not be asked.
    UnexpectedError,
}

impl MachineTokenVerificationErrorCode {
    /// Clerk's string for it, such as `token-invalid`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SecretKeyInvalid => "secret-key-invalid",
            Self::TokenInvalid => "token-invalid",
            Self::TokenVerificationFailed => "token-verification-failed",
            Self::UnexpectedError => "unexpected-error",
        }
    }
}

impl RefreshTokenErrorReason {
    /// Clerk's string for it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::ExpiredSessionTokenDecodeFailed => "expired-session-token-decode-failed",
            Self::ExpiredSessionTokenMissingSidClaim => "expired-session-token-missing-sid-claim",
            Self::FetchError => "fetch-error",
            Self::InvalidSessionToken => "invalid-session-token",
            Self::MissingApiClient => "missing-api-client",
            Self::NonEligibleNoRefreshCookie => "non-eligible-no-refresh-cookie",
            Self::NonEligibleNonGet => "non-eligible-non-get",
            Self::UnexpectedBapiError => "unexpected-bapi-error",
            Self::UnexpectedSdkError => "unexpected-sdk-error",
            Self::Api(code) => code,
        }
    }
}

impl AuthReason {
    /// Clerk's string for it, such as `session-token-and-uat-missing`.
    pub fn as_str(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::ActiveOrganizationMismatch => "active-organization-mismatch",
            Self::ClientUatButNoSessionToken => "client-uat-but-no-session-token",
            Self::DevBrowserMissing => "dev-browser-missing",
            Self::DevBrowserSync => "dev-browser-sync",
            Self::NoTokenInHeader => "No token in header",
            Self::PrimaryDomainCrossOriginSync => "primary-domain-cross-origin-sync",
            Self::PrimaryRespondsToSyncing => "primary-responds-to-syncing",
            Self::SatelliteNeedsSyncing => "satellite-needs-syncing",
            Self::SessionTokenAndUatMissing => "session-token-and-uat-missing",
            Self::SessionTokenButNoClientUat => "session-token-but-no-client-uat",
            Self::SessionTokenExpired(refresh) => {
                return format!("session-token-expired-refresh-{}", refresh.as_str()).into();
            }
            Self::SessionTokenIatBeforeClientUat => "session-token-iat-before-client-uat",
            Self::SessionTokenIatInTheFuture => "session-token-iat-in-the-future",
            Self::SessionTokenMissing => "session-token-missing",
            Self::SessionTokenNbf => "session-token-nbf",
            Self::TokenTypeMismatch => "token-type-mismatch",
            Self::Token(reason) => reason.as_str(),
            Self::MachineToken(code) => code.as_str(),
            Self::UnexpectedError => "unexpected-error",
        })
    }
}

impl AuthReason {
    /// Returns whether a token is refused for this reason only after its signature was found good.
    pub(crate) fn is_after_signature(&self) -> bool {
        matches!(
            self,
            Self::SessionTokenExpired(_)
                | Self::SessionTokenNbf
                | Self::SessionTokenIatInTheFuture
                | Self::ActiveOrganizationMismatch
                | Self::Token(
                    TokenVerificationErrorReason::TokenInvalidIssuer
                        | TokenVerificationErrorReason::TokenInvalidAuthorizedParties
                        | TokenVerificationErrorReason::TokenExpired
                        | TokenVerificationErrorReason::TokenNotActiveYet
                        | TokenVerificationErrorReason::TokenIatInTheFuture
                )
        )
    }
}

#[cfg(feature = "metrics")]
impl AuthReason {
    /// The string without what Clerk may make up, so that there are only so many.
    pub(crate) fn group(&self) -> &'static str {
        match self.as_str() {
            Cow::Borrowed(reason) => reason,
            Cow::Owned(_) => "session-token-expired",
        }
    }
}

impl fmt::Display for AuthReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_str())
    }
}
