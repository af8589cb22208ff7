//! The instance's key set: parsed leniently, cached by a pure state machine, fetched by one task at a time.

#[cfg(feature = "network")]
mod backoff;
#[cfg(feature = "network")]
mod cache;
#[cfg(feature = "network")]
mod download;
mod epoch;
#[cfg(feature = "network")]
mod fetcher;
mod health;
#[cfg(feature = "network")]
mod key_set;
#[cfg(feature = "network")]
mod lookup_error;
#[cfg(feature = "network")]
mod plan;
#[cfg(feature = "network")]
mod published;

pub(crate) use epoch::EpochStamp;
#[cfg(feature = "network")]
pub(crate) use fetcher::{Jwks, KeyLookup};
pub use health::{Health, KeyHealth};
#[cfg(feature = "network")]
pub(crate) use published::PublishedKeys;
