//! Issues template tokens for sessions: requests each once for all concurrent callers, and caches it until shortly before it
//! expires, because every request counts against Clerk's rate limits.

#[cfg(feature = "network")]
mod cache;
#[cfg(feature = "network")]
mod in_flight;
#[cfg(feature = "network")]
mod issuer;

#[cfg(feature = "network")]
pub(crate) use cache::{DEFAULT_CAPACITY, TokenKey};
#[cfg(feature = "network")]
pub(crate) use issuer::TemplateTokenIssuer;

/// Stands in for the issuer in builds without the feature `network`, which cannot request tokens.
#[cfg(not(feature = "network"))]
#[derive(Debug, Clone)]
pub(crate) struct TemplateTokenIssuer;
