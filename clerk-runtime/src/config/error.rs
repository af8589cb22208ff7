use crate::Deviation;
use crate::key::KeyError;

/// Why a [`Clerk`](crate::Clerk) cannot be built. Names the setting and the fix, never a value that may be secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// A setting that nothing works without.
    #[error("{variable} is not set: {fix}")]
    Missing {
        /// The environment variable; the builder's method has its name without `CLERK_`, in lower case.
        variable: &'static str,
        /// What to do.
        fix: &'static str,
    },
    /// A key that is not what it should be.
    #[error("{variable}: {error}")]
    Key {
        /// The environment variable.
        variable: &'static str,
        /// What is wrong with it.
        #[source]
        error: KeyError,
    },
    /// Another setting that is not what it should be.
    #[error("{variable} is malformed: {fix}")]
    Malformed {
        /// The environment variable.
        variable: &'static str,
        /// What to do.
        fix: &'static str,
    },
    /// A production instance without authorized parties would take session cookies planted from any subdomain.
    #[error(
        "CLERK_AUTHORIZED_PARTIES is not set: list the origins of your frontends, such as `https://app.example.com`, so that a production instance refuses tokens made for other sites; `any_authorized_party()` accepts the risk"
    )]
    AuthorizedParties,
    /// A pattern of an organization's or the personal account's paths cannot be read.
    #[error("organization patterns: {0}; see the syntax of `path-to-regexp` 6")]
    PathPattern(String),
    /// A pattern of paths has something that Clerk's own SDK reads and this crate does not.
    #[error("organization patterns: {0}")]
    UnsupportedPattern(String),
    /// The client of the Backend API cannot be made.
    #[error("CLERK_API_URL or CLERK_API_VERSION: {0}")]
    Client(String),
    /// Nothing can be sent, for lack of certificate authorities for example.
    #[error("the Backend API cannot be called from this machine: {0}")]
    Transport(String),
}

impl ConfigError {
    /// A stable code for it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "config-missing",
            Self::Key { .. } => "config-key",
            Self::Malformed { .. } => "config-malformed",
            Self::AuthorizedParties => "config-authorized-parties",
            Self::PathPattern(_) => "config-path-pattern",
            Self::UnsupportedPattern(_) => "config-unsupported-pattern",
            Self::Client(_) => "config-client",
            Self::Transport(_) => "config-transport",
        }
    }

    /// The rule by which this crate is stricter here than Clerk's own SDK, if it is one.
    pub fn deviation(&self) -> Option<Deviation> {
        match self {
            Self::AuthorizedParties => Some(Deviation::AuthorizedParties),
            Self::Key {
                variable: JWT_KEY, ..
            } => Some(Deviation::JwtKeyForm),
            Self::Missing {
                variable: PUBLISHABLE_KEY | DOMAIN | SIGN_IN_URL,
                ..
            }
            | Self::Key {
                variable: PUBLISHABLE_KEY,
                ..
            }
            | Self::Malformed {
                variable: DOMAIN | PROXY_URL | SIGN_IN_URL | SIGN_UP_URL,
                ..
            } => Some(Deviation::WholeConfiguration),
            Self::Client(_) => Some(Deviation::ApiAddress),
            Self::UnsupportedPattern(_) => Some(Deviation::PatternForm),
            Self::Missing { .. }
            | Self::Key { .. }
            | Self::Malformed { .. }
            | Self::PathPattern(_)
            | Self::Transport(_) => None,
        }
    }
}

pub(crate) const SECRET_KEY: &str = "CLERK_SECRET_KEY";
pub(crate) const PUBLISHABLE_KEY: &str = "CLERK_PUBLISHABLE_KEY";
pub(crate) const JWT_KEY: &str = "CLERK_JWT_KEY";
pub(crate) const AUTHORIZED_PARTIES: &str = "CLERK_AUTHORIZED_PARTIES";
pub(crate) const MACHINE_SECRET_KEY: &str = "CLERK_MACHINE_SECRET_KEY";
pub(crate) const PROXY_URL: &str = "CLERK_PROXY_URL";
pub(crate) const DOMAIN: &str = "CLERK_DOMAIN";
pub(crate) const IS_SATELLITE: &str = "CLERK_IS_SATELLITE";
pub(crate) const SIGN_IN_URL: &str = "CLERK_SIGN_IN_URL";
pub(crate) const SIGN_UP_URL: &str = "CLERK_SIGN_UP_URL";
#[cfg(feature = "webhooks")]
pub(crate) const WEBHOOK_SIGNING_SECRET: &str = "CLERK_WEBHOOK_SIGNING_SECRET";
