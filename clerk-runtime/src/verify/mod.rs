//! Verification of tokens: no claim is believed that did not pass through here.

mod call_health;
mod checks;
mod claims_error;
mod class;
mod jwks;
mod key_source;
#[cfg(feature = "network")]
mod opaque;
mod verifier;

pub(crate) use class::{M2mClaims, OauthClaims};

pub use call_health::{CallHealth, ShareHealth};
pub use claims_error::ClaimsError;
pub(crate) use jwks::EpochStamp;
pub use jwks::{Health, KeyHealth};
#[cfg(feature = "network")]
pub(crate) use jwks::{Jwks, PublishedKeys};
pub(crate) use key_source::KeySource;
#[cfg(feature = "network")]
pub(crate) use opaque::OpaqueToken;
pub use verifier::VerifiedToken;
pub(crate) use verifier::{Verified, Verifier};
