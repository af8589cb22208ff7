use std::sync::Arc;

use super::jwks::EpochStamp;
use super::jwks::Health;
#[cfg(feature = "network")]
use super::jwks::{Jwks, KeyLookup};
use crate::key::{JwtKey, RsaVerifyingKey};
use crate::token::{TokenVerificationError, TokenVerificationErrorReason};

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
    /// Tells whether keys are fetched, so that a token can be refused before its key is known.
    pub(super) fn is_fetched(&self) -> bool {
        match self {
            Self::None | Self::JwtKey(_) => false,
            #[cfg(feature = "network")]
            Self::Jwks(_) => true,
        }
    }

    /// The key for a token with this `kid`.
    pub(super) async fn resolve(&self, kid: Option<&str>) -> Result<RsaVerifyingKey, TokenVerificationError> {
        match self {
            Self::None => Err(no_keys()),
            Self::JwtKey(key) => {
                let _ = kid;
                Ok(key.verifying_key().clone())
            }
            #[cfg(feature = "network")]
            Self::Jwks(jwks) => match jwks.key(kid) {
                KeyLookup::Ready(result) => result,
                KeyLookup::Pending(fetch) => fetch.key().await,
            },
        }
    }

    /// The same, or nothing if something has to be waited for.
    pub(super) fn resolve_now(
        &self,
        kid: Option<&str>,
    ) -> Option<Result<RsaVerifyingKey, TokenVerificationError>> {
        match self {
            Self::None => Some(Err(no_keys())),
            Self::JwtKey(key) => {
                let _ = kid;
                Some(Ok(key.verifying_key().clone()))
            }
            #[cfg(feature = "network")]
            Self::Jwks(jwks) => match jwks.key(kid) {
                KeyLookup::Ready(result) => Some(result),
                // Whoever waits asks again and joins the fetch.
                KeyLookup::Pending(_) => None,
            },
        }
    }

    /// Whether this is the key that [`resolve`](Self::resolve) would give at once; nothing if it would wait.
    pub(super) fn still_has(
        &self,
        kid: Option<&str>,
        key: &RsaVerifyingKey,
        epoch_stamp: &EpochStamp,
    ) -> Option<bool> {
        match self {
            Self::None => None,
            Self::JwtKey(own) => {
                let _ = (kid, epoch_stamp);
                Some(own.verifying_key().is_same(key))
            }
            #[cfg(feature = "network")]
            Self::Jwks(jwks) => jwks.still_has(kid?, key, epoch_stamp),
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

    /// Returns the keys as they are now, which are never fetched again.
    pub(crate) fn snapshot(&self) -> Self {
        match self {
            Self::None => Self::None,
            Self::JwtKey(key) => Self::JwtKey(key.clone()),
            #[cfg(feature = "network")]
            Self::Jwks(jwks) => Self::Jwks(jwks.snapshot()),
        }
    }

    /// Returns seconds that the clock of this machine was ahead of Clerk's when keys were fetched, if that is known.
    pub(crate) fn clock_ahead(&self) -> Option<i64> {
        match self {
            Self::None | Self::JwtKey(_) => None,
            #[cfg(feature = "network")]
            Self::Jwks(jwks) => jwks.clock_ahead(),
        }
    }

    /// Returns why the last fetch failed, in words, if no fetch has succeeded since.
    pub(crate) fn last_failure(&self) -> Option<Arc<str>> {
        match self {
            Self::None | Self::JwtKey(_) => None,
            #[cfg(feature = "network")]
            Self::Jwks(jwks) => jwks.last_failure(),
        }
    }

    /// Returns whether a fetched set has a key with this `kid`; `None` if none was fetched.
    pub(crate) fn has_kid(&self, kid: &str) -> Option<bool> {
        match self {
            Self::None | Self::JwtKey(_) => {
                let _ = kid;
                None
            }
            #[cfg(feature = "network")]
            Self::Jwks(jwks) => jwks.has_kid(kid),
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

fn no_keys() -> TokenVerificationError {
    TokenVerificationError::new(
        TokenVerificationErrorReason::JwkFailedToResolve,
        "there is neither a JWT key nor a secret key: set CLERK_JWT_KEY or CLERK_SECRET_KEY",
    )
}
