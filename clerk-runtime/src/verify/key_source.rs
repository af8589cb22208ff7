use crate::key::{JwtKey, RsaVerifyingKey};
use crate::token::{TokenVerificationError, TokenVerificationErrorReason};
use crate::verify::health::Health;
#[cfg(feature = "network")]
use crate::verify::jwks::Jwks;

/// Where the key that checks a signature comes from.
#[derive(Debug)]
pub(crate) enum KeySource {
    /// There is none: only opaque tokens of machines can be verified.
    None,
    /// A configured key. The token's `kid` is not compared to anything.
    JwtKey(JwtKey),
    /// The instance's key set, by `kid`.
    #[cfg(feature = "network")]
    Jwks(Jwks),
}

impl KeySource {
    /// The key for a token with this `kid`.
    pub(super) async fn resolve(&self, kid: Option<&str>) -> Result<RsaVerifyingKey, TokenVerificationError> {
        match self {
            Self::None => Err(TokenVerificationError::new(
                TokenVerificationErrorReason::JwkFailedToResolve,
                "there is neither a JWT key nor a secret key: set CLERK_JWT_KEY or CLERK_SECRET_KEY",
            )),
            Self::JwtKey(key) => {
                let _ = kid;
                Ok(key.verifying_key().clone())
            }
            #[cfg(feature = "network")]
            Self::Jwks(jwks) => jwks.key(kid).await,
        }
    }

    /// The key that [`resolve`](Self::resolve) would give at once, without waiting for anything.
    pub(super) fn peek(&self, kid: Option<&str>) -> Option<RsaVerifyingKey> {
        match self {
            Self::None => None,
            Self::JwtKey(key) => {
                let _ = kid;
                Some(key.verifying_key().clone())
            }
            #[cfg(feature = "network")]
            Self::Jwks(jwks) => jwks.peek(kid?),
        }
    }

    /// Makes sure that there are keys.
    pub(crate) async fn ready(&self) -> Result<(), TokenVerificationError> {
        match self {
            Self::None | Self::JwtKey(_) => Ok(()),
            #[cfg(feature = "network")]
            Self::Jwks(jwks) => jwks.ready().await,
        }
    }

    /// How the keys are, without waiting for anything.
    pub(crate) fn health(&self) -> Health {
        match self {
            Self::None | Self::JwtKey(_) => Health::CONFIGURED,
            #[cfg(feature = "network")]
            Self::Jwks(jwks) => jwks.health(),
        }
    }
}
