use std::time::Duration;

use crate::token::TokenVerificationErrorReason;

/// How the keys of a [`Clerk`](crate::Clerk) are at a moment, by [`Clerk::health`](crate::Clerk::health).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Health {
    /// Whether there are keys to verify tokens with.
    pub keys: KeyHealth,
    /// How long ago the key set was asked for; `None` if none was ever fetched.
    pub age: Option<Duration>,
    /// Why the last fetch failed; `None` if it went well.
    pub last_failure: Option<TokenVerificationErrorReason>,
    /// The least time until the next fetch, if the last one failed.
    pub next_retry: Option<Duration>,
}

/// Whether there are keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyHealth {
    /// Nothing has to be fetched: there is a JWT key, or only opaque tokens are verified.
    Configured,
    /// The key set was fetched a short while ago.
    Fresh,
    /// The key set should be fetched again, but still serves.
    Stale,
    /// No key set was fetched yet, or too long ago. Requests with a token are answered 503.
    Missing,
}

impl Health {
    /// Whether tokens can be verified now.
    pub fn is_ready(&self) -> bool {
        self.keys != KeyHealth::Missing
    }

    pub(super) const CONFIGURED: Self = Self {
        keys: KeyHealth::Configured,
        age: None,
        last_failure: None,
        next_retry: None,
    };
}
