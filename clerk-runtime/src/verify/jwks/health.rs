//! The public state of the keys.

use std::time::Duration;

use crate::token::TokenVerificationErrorReason;
use crate::verify::CallHealth;

/// The state of a [`Clerk`](crate::Clerk), returned by [`Clerk::health`](crate::Clerk::health).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Health {
    /// Whether keys are available for verification.
    pub keys: KeyHealth,
    /// The age of the key set since it was requested; `None` if none has been fetched.
    pub age: Option<Duration>,
    /// The reason for the failure of the last fetch; `None` if it succeeded.
    pub last_failure: Option<TokenVerificationErrorReason>,
    /// The minimum time until the next fetch, if the last one failed.
    pub next_retry: Option<Duration>,
    /// The calls about opaque tokens, nonces and refreshes, and whether they are made at present.
    pub calls: CallHealth,
}

/// The availability of the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyHealth {
    /// No keys have to be fetched: there is a JWT key, or only opaque tokens are verified.
    Configured,
    /// The key set is up to date.
    Fresh,
    /// The key set should be refreshed, but may still be used.
    Stale,
    /// No key set has been fetched, or the last one has expired. Requests with a token get 503.
    Missing,
}

impl Health {
    /// Returns whether tokens can be verified now.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.keys != KeyHealth::Missing
    }

    pub(in crate::verify) const CONFIGURED: Self = Self {
        keys: KeyHealth::Configured,
        age: None,
        last_failure: None,
        next_retry: None,
        calls: CallHealth::NONE,
    };
}
