//! Keyed digests of credentials. They stand for credentials in what is kept, which then holds no secret.

use std::fmt;

use aws_lc_rs::hmac::{Context, HMAC_SHA256, Key};
use aws_lc_rs::rand::SystemRandom;

use crate::config::ConfigError;

/// The kind of credential that a call is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::authenticate) enum CallKind {
    ApiKey,
    M2mToken,
    OauthToken,
    Nonce,
    Refresh,
}

impl CallKind {
    /// Returns the label for logs and metrics.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::ApiKey => "api-key",
            Self::M2mToken => "m2m-token",
            Self::OauthToken => "oauth-token",
            Self::Nonce => "nonce",
            Self::Refresh => "refresh",
        }
    }
}

/// The digest of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Digest(pub(super) [u8; 32]);

/// The key of the digests of one handle (HMAC-SHA-256). It is random and never leaves the process, so that no one can make
/// two credentials with one digest, or tell a credential by its digest.
pub(super) struct DigestKey(Key);

impl DigestKey {
    /// # Errors
    /// [`ConfigError::Randomness`] if the operating system gives no random numbers.
    pub(super) fn random() -> Result<Self, ConfigError> {
        let key = Key::generate(HMAC_SHA256, &SystemRandom::new());
        key.map(Self).map_err(|_| ConfigError::Randomness)
    }

    /// Returns the digest of the parts of a credential. Each part counts with its length, so that no two lists of parts are
    /// one.
    pub(super) fn digest(&self, kind: CallKind, parts: &[&str]) -> Digest {
        let mut context = Context::with_key(&self.0);
        for part in std::iter::once(&kind.as_str()).chain(parts) {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part.as_bytes());
        }
        let mut digest = [0; 32];
        for (to, from) in digest.iter_mut().zip(context.sign().as_ref()) {
            *to = *from;
        }
        Digest(digest)
    }
}

impl fmt::Debug for DigestKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DigestKey").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_differ_by_key_kind_and_part() {
        let key = DigestKey::random().unwrap();
        let one = key.digest(CallKind::ApiKey, &["a", "bc"]);
        assert_eq!(one, key.digest(CallKind::ApiKey, &["a", "bc"]));
        for other in [
            key.digest(CallKind::ApiKey, &["ab", "c"]),
            key.digest(CallKind::ApiKey, &["a", "bc", ""]),
            key.digest(CallKind::M2mToken, &["a", "bc"]),
            DigestKey::random()
                .unwrap()
                .digest(CallKind::ApiKey, &["a", "bc"]),
        ] {
            assert_ne!(one, other);
        }
        assert_ne!(one.0[..16], [0; 16]);
        assert_ne!(one.0[16..], [0; 16]);
    }
}
