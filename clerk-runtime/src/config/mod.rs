//! The validated configuration.

mod domains;
pub(crate) mod error;
mod jwks_policy;
mod organization_sync;
mod origin;
mod parties;
mod path_pattern;
pub(crate) mod ranges;
mod value_kind;
pub(crate) mod values;

pub(crate) use domains::{DomainSettings, Domains, Satellite};
pub use error::ConfigError;
pub(crate) use error::variable_of_environment;
pub use jwks_policy::JwksPolicy;
pub(crate) use organization_sync::{OrganizationSync, OrganizationTarget};
pub(crate) use origin::{Origin, is_host, web_scheme};
pub(crate) use parties::party;
pub use value_kind::ValueKind;

use crate::key::PublishableKey;

/// The settings of token verification and request authentication.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    pub(crate) publishable_key: PublishableKey,
    pub(crate) secrets: Secrets,
    pub(crate) rules: ClaimRules,
    pub(crate) domains: Domains,
    pub(crate) organization_sync: OrganizationSync,
    /// Set if the layer adds the headers that tell why a request is not signed in.
    #[cfg_attr(
        not(feature = "axum"),
        expect(dead_code, reason = "only the layer adds headers")
    )]
    pub(crate) debug_headers: bool,
    /// The resource identifier for OAuth clients (RFC 9728 §2), if it is not the origin of each request.
    #[cfg_attr(
        not(feature = "axum"),
        expect(dead_code, reason = "only the metadata document has it")
    )]
    pub(crate) oauth_resource: Option<String>,
}

/// The available keys to the Backend API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Secrets {
    /// Whether there is a secret key, or the application has declared that it needs none.
    pub(crate) secret_key: bool,
    pub(crate) machine_secret_key: bool,
}

/// The values that claims are compared to.
#[derive(Debug, Clone)]
pub(crate) struct ClaimRules {
    /// Accepted `azp` values; `None` accepts any.
    pub(crate) authorized_parties: Option<Vec<String>>,
    /// Accepted `aud` values; `None` accepts any.
    pub(crate) audience: Option<Vec<String>>,
    /// Accepted `iss` values; `None` accepts any.
    pub(crate) issuers: Option<Issuers>,
    /// The tolerated difference between the clocks of Clerk and this machine, in milliseconds.
    pub(crate) clock_skew_in_ms: i64,
}

/// The accepted issuers of session tokens.
#[derive(Debug, Clone)]
pub(crate) enum Issuers {
    /// The issuers that the application lists.
    Listed(Vec<String>),
    /// The issuers that follow from the publishable key and the domains.
    Derived(Vec<String>),
}

/// Clerk's default: 5 seconds.
pub(crate) const DEFAULT_CLOCK_SKEW_IN_MS: i64 = 5_000;
