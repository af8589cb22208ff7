//! The only gate: no claim is believed that did not pass through here.

mod cache;
mod checks;
mod jwks;
mod key_source;
mod verifier;

pub(crate) use cache::{CachedSession, DEFAULT_CAPACITY, VerifiedTokenCache};
pub(crate) use checks::TokenClass;
#[cfg(feature = "network")]
pub(crate) use jwks::Jwks;
pub use jwks::{Health, KeyHealth};
pub(crate) use key_source::KeySource;
pub use verifier::VerifiedToken;
pub(crate) use verifier::{SignedBy, Verifier};
