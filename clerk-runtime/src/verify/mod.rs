//! The only gate: no claim is believed that did not pass through here.

mod gate;
mod health;
#[cfg(feature = "network")]
mod jwks;
mod key_source;
mod quiet;
mod seen;
mod verified;

pub(crate) use gate::TokenClass;
pub use health::{Health, KeyHealth};
#[cfg(feature = "network")]
pub(crate) use jwks::Jwks;
pub(crate) use key_source::KeySource;
pub(crate) use seen::{DEFAULT_CAPACITY, SeenToken, SeenTokens};
pub use verified::VerifiedToken;
pub(crate) use verified::{SignedBy, Verifier};
