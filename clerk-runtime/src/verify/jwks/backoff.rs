//! The failures of fetches, and the backoff before the next one.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use crate::config::JwksPolicy;
use crate::token::TokenVerificationErrorReason as Reason;

/// The reason for a failed fetch.
#[derive(Debug, Clone)]
pub(super) struct FetchFailure {
    pub(super) reason: Reason,
    pub(super) retry_after: Option<Duration>,
    /// Names for the operator the host that failed, and the failure. Has no text of an answer.
    pub(super) cause: Option<Arc<str>>,
}

impl FetchFailure {
    /// The fetch did not end in time, or its task ended without a result.
    pub(super) const INCOMPLETE: Self = Self {
        reason: Reason::UnexpectedError,
        retry_after: None,
        cause: None,
    };

    /// As [`INCOMPLETE`](Self::INCOMPLETE), with its cause.
    pub(super) fn incomplete(cause: impl Into<Arc<str>>) -> Self {
        Self {
            cause: Some(cause.into()),
            ..Self::INCOMPLETE
        }
    }
}

/// One failed fetch, or several in a row.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    pub(super) reason: Reason,
    pub(super) cause: Option<Arc<str>>,
    /// The number of the last fetch that failed.
    pub(super) number: u64,
    pub(super) at: Duration,
    pub(super) retry_at: Duration,
    count: u32,
}

impl Failure {
    /// Adds a failure to the `former` ones. `jitter` is between 0 and 1; `floor` is the minimum wait.
    pub(super) fn after(
        former: Option<&Self>,
        failure: &FetchFailure,
        number: u64,
        now: Duration,
        floor: Duration,
        jitter: f64,
        policy: &JwksPolicy,
    ) -> Self {
        let count = former.map_or(0, |former| former.count);
        let backoff = policy.backoff.saturating_mul(1 << count.min(16)).min(MAX_BACKOFF);
        let retry_after = failure.retry_after.unwrap_or_default().min(MAX_RETRY_AFTER);
        let wait = backoff
            .mul_f64(jitter.clamp(0.0, 1.0))
            .max(floor)
            .max(retry_after);
        Self {
            reason: failure.reason,
            cause: failure.cause.clone(),
            number,
            at: now,
            retry_at: now.saturating_add(wait),
            count: count.saturating_add(1),
        }
    }

    /// Returns the time until the next fetch may start.
    pub(super) fn wait(&self, now: Duration) -> Duration {
        self.retry_at.saturating_sub(now)
    }
}

/// The maximum backoff between two fetches that fail.
const MAX_BACKOFF: Duration = Duration::from_secs(30);
/// The maximum `Retry-After` that is respected.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(300);

/// Returns a random number from 0 up to but not including 1. Spreads the requests of several processes; not for secrets.
pub(super) fn random_fraction() -> f64 {
    (RandomState::new().hash_one(()) >> 11) as f64 / (1_u64 << 53) as f64
}
