use std::time::Duration;

use crate::Deviation;
use crate::token::TokenVerificationError;

/// A request could not be judged at all: a mistake in the configuration, or a development instance's way to say that
/// something is wrong with its keys. Not the same as a request that nobody is signed in with.
#[derive(Debug, Clone, thiserror::Error)]
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
