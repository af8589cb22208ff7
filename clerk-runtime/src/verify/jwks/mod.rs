//! The instance's key set: parsed leniently, cached by a pure state machine, fetched by one task at a time.

mod cache;
mod download;
mod failure;
mod fetcher;
mod jitter;
mod key_set;
mod plan;
mod report;
#[cfg(all(test, any(feature = "aws-lc", feature = "rust-crypto")))]
mod wycheproof;

pub(crate) use fetcher::{Jwks, KeyLookup};
