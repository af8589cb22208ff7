//! The error of a configuration, and the environment variables that it names.

use std::env::{self, VarError};

use super::ValueKind;
use crate::Deviation;
use crate::error_text::debug_as_display;
use crate::key::{InstanceType, KeyError};

/// The error of building a [`Clerk`](crate::Clerk). Names the setting and the fix, never a value that may be secret.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// A required setting is missing.
    #[error("{variable} is not set: {fix}")]
    Missing {
        /// The environment variable; the builder's method has its name without `CLERK_`, in lower case.
        variable: &'static str,
        /// Says how to fix it.
        fix: &'static str,
    },
    /// A key is malformed.
    #[error("{variable}: {error}")]
    Key {
        /// The environment variable.
        variable: &'static str,
        /// The error of the key.
        error: KeyError,
    },
    /// Another setting is malformed.
    #[error("{variable} is malformed: {fix}")]
    Malformed {
        /// The environment variable.
        variable: &'static str,
        /// Says how to fix it.
        fix: &'static str,
    },
    /// A setting has a value of another kind, such as a publishable key where the secret key belongs, or a placeholder.
    #[error("{variable}{} holds {found}: {fix}", of_entry(.entry))]
    #[non_exhaustive]
    WrongValue {
        /// The environment variable, or the builder's method where there is no variable.
        variable: &'static str,
        /// The number of the entry if it is a list, from one.
        entry: Option<usize>,
        /// The kind of the value.
        found: ValueKind,
        /// Says how to fix it.
        fix: String,
    },
    /// The publishable key and the secret key are of two instances: one of a development, the other of a production instance.
    #[error(
        "CLERK_PUBLISHABLE_KEY is that of a {} and CLERK_SECRET_KEY that of a {}: copy both keys from the API keys page of one instance in the Clerk dashboard",
        instance(.publishable), instance(.secret)
    )]
    #[non_exhaustive]
    TwoInstances {
        /// The type of the publishable key's instance.
        publishable: InstanceType,
        /// The type of the secret key's instance.
        secret: InstanceType,
    },
    /// Two settings exclude each other.
    #[error("`{one}` and `{other}` contradict each other: leave one of them out")]
    #[non_exhaustive]
    Contradiction {
        /// One method of [`ClerkBuilder`](crate::ClerkBuilder).
        one: &'static str,
        /// The other method.
        other: &'static str,
    },
    /// A number is so large or so small that a check would be switched off, or the memory would not suffice.
    #[error("`{setting}` is {found}: it has to be {range}")]
    #[non_exhaustive]
    OutOfRange {
        /// The method of [`ClerkBuilder`](crate::ClerkBuilder) or [`JwksPolicy`](crate::JwksPolicy).
        setting: &'static str,
        /// The value.
        found: String,
        /// The values that are accepted.
        range: &'static str,
    },
    /// A production instance has no authorized parties. It would accept session cookies that any subdomain has planted.
    #[error(
        "CLERK_AUTHORIZED_PARTIES is not set: list the origins of your frontends, such as `https://app.example.com`, so that a production instance refuses tokens made for other sites; `any_authorized_party()` accepts the risk"
    )]
    AuthorizedParties,
    /// A path pattern of an organization or the personal account is malformed.
    #[error("organization patterns: {0}; see the syntax of `path-to-regexp` 6")]
    PathPattern(String),
    /// A path pattern uses syntax that Clerk's own SDK supports and this crate does not.
    #[error("organization patterns: {0}")]
    UnsupportedPattern(String),
    /// The client of the Backend API cannot be created.
    #[error("CLERK_API_URL or CLERK_API_VERSION: {0}")]
    Client(String),
    /// The operating system gives no random numbers, which keys of this process are made of.
    #[error("the operating system gives no random numbers: is `getrandom` permitted in this sandbox?")]
    Randomness,
    /// Requests cannot be sent, for example because there are no certificate authorities.
    #[error("the Backend API cannot be called from this machine: {0}")]
    Transport(String),
}

debug_as_display!(ConfigError);

fn of_entry(entry: &Option<usize>) -> String {
    entry.map_or_else(String::new, |number| format!(", entry {number},"))
}

fn instance(instance_type: &InstanceType) -> &'static str {
    match instance_type {
        InstanceType::Development => "development instance (`…_test_…`)",
        InstanceType::Production => "production instance (`…_live_…`)",
    }
}

impl ConfigError {
    /// Returns a stable code for the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "config-missing",
            Self::Key { .. } => "config-key",
            Self::Malformed { .. } => "config-malformed",
            Self::WrongValue { .. } => "config-wrong-value",
            Self::TwoInstances { .. } => "config-two-instances",
            Self::Contradiction { .. } => "config-contradiction",
            Self::OutOfRange { .. } => "config-out-of-range",
            Self::AuthorizedParties => "config-authorized-parties",
            Self::PathPattern(_) => "config-path-pattern",
            Self::UnsupportedPattern(_) => "config-unsupported-pattern",
            Self::Client(_) => "config-client",
            Self::Randomness => "config-randomness",
            Self::Transport(_) => "config-transport",
        }
    }

    /// Returns the rule by which this crate is stricter than Clerk's own SDK, if one caused the error.
    pub fn deviation(&self) -> Option<Deviation> {
        match self {
            Self::AuthorizedParties => Some(Deviation::AuthorizedParties),
            Self::Key {
                variable: JWT_KEY, ..
            }
            | Self::WrongValue {
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
            }
            | Self::WrongValue {
                variable: PUBLISHABLE_KEY,
                ..
            } => Some(Deviation::WholeConfiguration),
            Self::Client(_)
            | Self::WrongValue {
                variable: API_URL | API_VERSION,
                ..
            } => Some(Deviation::ApiAddress),
            Self::WrongValue { .. } | Self::TwoInstances { .. } | Self::Contradiction { .. } => {
                Some(Deviation::UselessSetting)
            }
            Self::UnsupportedPattern(_) => Some(Deviation::PatternForm),
            Self::Missing { .. }
            | Self::Key { .. }
            | Self::Malformed { .. }
            | Self::OutOfRange { .. }
            | Self::PathPattern(_)
            | Self::Randomness
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
pub(crate) const API_URL: &str = "CLERK_API_URL";
pub(crate) const API_VERSION: &str = "CLERK_API_VERSION";
pub(crate) const AUDIENCE: &str = "CLERK_AUDIENCE";
pub(crate) const ISSUERS: &str = "CLERK_ISSUERS";
pub(crate) const CLOCK_SKEW_IN_MS: &str = "CLERK_CLOCK_SKEW_IN_MS";
pub(crate) const WEBHOOK_SIGNING_SECRET: &str = "CLERK_WEBHOOK_SIGNING_SECRET";

/// Reads an environment variable of this process.
///
/// # Errors
/// [`ConfigError::Malformed`] if the value is not Unicode.
pub(crate) fn variable_of_environment(variable: &'static str) -> Result<Option<String>, ConfigError> {
    match env::var(variable) {
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(ConfigError::Malformed {
            variable,
            fix: "its value is not UTF-8",
        }),
    }
}
