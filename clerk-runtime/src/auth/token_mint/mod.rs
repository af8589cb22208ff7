//! Issues template tokens for sessions: requests each once for all concurrent callers, and caches it until shortly before it
//! expires, because every request counts against Clerk's rate limits.

mod cache;
mod in_flight;
mod issuer;

pub(crate) use cache::{DEFAULT_CAPACITY, TokenKey};
pub(crate) use issuer::TemplateTokenIssuer;
