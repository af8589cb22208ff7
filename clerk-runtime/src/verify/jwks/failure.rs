//! A fetch that failed, and when the next one may start.

use std::time::Duration;

use crate::config::JwksPolicy;
use crate::token::TokenVerificationErrorReason as Reason;

/// Why a set could not be had.
#[derive(Debug, Clone)]
pub(super) struct FetchFailure {
    pub(super) reason: Reason,
    pub(super) retry_after: Option<Duration>,
}

impl FetchFailure {
    /// The task that fetched is gone, or never said anything again.
    pub(super) const LOST: Self = Self {
        reason: Reason::UnexpectedError,
        retry_after: None,
    };
}

/// One failed fetch or several in a row.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    pub(super) reason: Reason,
    /// The fetch that failed last.
    pub(super) number: u64,
    pub(super) at: Duration,
    pub(super) retry_at: Duration,
    count: u32,
}

impl Failure {
    /// Counts a failure on top of the `former` ones. `jitter` is between 0 and 1; `floor` is the least wait.
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
        let longest = policy.backoff.saturating_mul(1 << count.min(16)).min(MAX_BACKOFF);
        let asked = failure.retry_after.unwrap_or_default().min(MAX_RETRY_AFTER);
        let wait = longest.mul_f64(jitter.clamp(0.0, 1.0)).max(floor).max(asked);
        Self {
            reason: failure.reason,
            number,
            at: now,
            retry_at: now.saturating_add(wait),
            count: count.saturating_add(1),
        }
    }

    /// How long until the next fetch may start.
    pub(super) fn wait(&self, now: Duration) -> Duration {
        self.retry_at.saturating_sub(now)
    }
}

/// The longest wait between two fetches of a set that cannot be had.
const MAX_BACKOFF: Duration = Duration::from_secs(30);
/// The longest `Retry-After` that is obeyed.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(300);
