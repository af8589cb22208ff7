use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use crate::Deviation;
use crate::error_text::debug_as_display;

/// The reason for rejecting a token, with the strings of Clerk's `TokenVerificationErrorReason`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenVerificationErrorReason {
    /// `exp` has passed.
    TokenExpired,
    /// Not a JWT that Clerk could have made.
    TokenInvalid,
    /// The algorithm is not RS256.
    TokenInvalidAlgorithm,
    /// `azp` is not an authorized party.
    TokenInvalidAuthorizedParties,
    /// `iss` is not the instance.
    TokenInvalidIssuer,
    /// The signature does not match.
    TokenInvalidSignature,
    /// `nbf` is in the future.
    TokenNotActiveYet,
    /// `iat` is in the future.
    TokenIatInTheFuture,
    /// A claim is missing, malformed or does not match the configuration.
    TokenVerificationFailed,
    /// Clerk rejected the secret key.
    SecretKeyInvalid,
    /// The key set could not be fetched.
    JwkRemoteFailedToLoad,
    /// There is neither a JWT key nor a secret key.
    JwkFailedToResolve,
    /// No key of the instance has the token's `kid`.
    JwkKidMismatch,
    /// Clerk could not be reached, or the response was not one of its API.
    UnexpectedError,
}

impl TokenVerificationErrorReason {
    /// Returns Clerk's string for the reason, such as `token-expired`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TokenExpired => "token-expired",
            Self::TokenInvalid => "token-invalid",
            Self::TokenInvalidAlgorithm => "token-invalid-algorithm",
            Self::TokenInvalidAuthorizedParties => "token-invalid-authorized-parties",
            Self::TokenInvalidIssuer => "token-invalid-issuer",
            Self::TokenInvalidSignature => "token-invalid-signature",
            Self::TokenNotActiveYet => "token-not-active-yet",
            Self::TokenIatInTheFuture => "token-iat-in-the-future",
            Self::TokenVerificationFailed => "token-verification-failed",
            Self::SecretKeyInvalid => "secret-key-invalid",
            Self::JwkRemoteFailedToLoad => "jwk-remote-failed-to-load",
            Self::JwkFailedToResolve => "jwk-failed-to-resolve",
            Self::JwkKidMismatch => "jwk-kid-mismatch",
            Self::UnexpectedError => "unexpected-error",
        }
    }
}

impl fmt::Display for TokenVerificationErrorReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The error of a rejected token. Programs match on [`reason`](Self::reason); the text is for logs and never repeats the
/// token.
#[derive(Clone, thiserror::Error)]
#[error("{message} (reason={reason})")]
pub struct TokenVerificationError {
    reason: TokenVerificationErrorReason,
    message: Cow<'static, str>,
    deviation: Option<Deviation>,
    retry_after: Option<Duration>,
}

debug_as_display!(TokenVerificationError);

impl TokenVerificationError {
    pub(crate) fn new(reason: TokenVerificationErrorReason, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            reason,
            message: message.into(),
            deviation: None,
            retry_after: None,
        }
    }

    /// Sets the rule by which this crate is stricter than Clerk's SDK.
    pub(crate) fn deviating(mut self, deviation: impl Into<Option<Deviation>>) -> Self {
        self.deviation = deviation.into();
        self
    }

    /// Sets the rule unless a narrower one is already set.
    pub(crate) fn or_deviating(mut self, deviation: Deviation) -> Self {
        self.deviation.get_or_insert(deviation);
        self
    }

    /// Marks the error as an outage: the token could not be checked because the keys are unavailable.
    #[cfg(feature = "network")]
    pub(crate) fn during_outage(mut self, retry_after: Duration) -> Self {
        self.retry_after = Some(retry_after);
        self
    }

    /// Returns Clerk's reason, stable across releases.
    pub fn reason(&self) -> TokenVerificationErrorReason {
        self.reason
    }

    /// Returns a description of the error in one sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn into_message(self) -> Cow<'static, str> {
        self.message
    }

    /// Returns the rule by which this crate is stricter than Clerk's own SDK, if one caused the error.
    pub fn deviation(&self) -> Option<Deviation> {
        self.deviation
    }

    /// Returns whether the token could not be checked because the keys are unavailable. Respond with 503, not 401.
    pub fn is_outage(&self) -> bool {
        self.retry_after.is_some()
    }

    /// Returns how long to wait before the next attempt if the keys are unavailable.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}
