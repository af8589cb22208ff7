//! Configuration, validated once into types without half-set fields.

pub(crate) mod error;
mod jwks_policy;

pub use error::ConfigError;
pub use jwks_policy::JwksPolicy;

use crate::key::PublishableKey;

/// How tokens and requests are judged.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    pub(crate) publishable_key: PublishableKey,
    pub(crate) rules: ClaimRules,
}

/// What claims are compared to.
#[derive(Debug, Clone)]
pub(crate) struct ClaimRules {
    /// Accepted `azp` values; `None` accepts any.
    pub(crate) authorized_parties: Option<Vec<String>>,
    /// Accepted `aud` values; `None` accepts any.
    pub(crate) audience: Option<Vec<String>>,
    /// Accepted `iss` values; `None` accepts any.
    pub(crate) issuers: Option<Vec<String>>,
    /// Milliseconds by which the clocks of Clerk and of this machine may differ.
    pub(crate) clock_skew_in_ms: i64,
}

/// Clerk's default: 5 seconds.
pub(crate) const DEFAULT_CLOCK_SKEW_IN_MS: i64 = 5_000;
