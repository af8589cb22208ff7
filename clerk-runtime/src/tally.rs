//! Counts of what the log tells once a minute only.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Requests of one kind, of which the log tells once a minute. A stranger may cause any number of them.
#[derive(Debug, Default)]
pub(crate) struct Tally(Mutex<TallyState>);

#[derive(Debug, Default)]
struct TallyState {
    /// Requests since the log was told.
    requests: u64,
    told_at: Option<Duration>,
}

impl Tally {
    /// The time between two lines.
    const INTERVAL: Duration = Duration::from_secs(60);

    #[cfg(all(feature = "webhooks", feature = "axum"))]
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(TallyState {
            requests: 0,
            told_at: None,
        }))
    }

    /// Counts a request at a monotonic time. Returns the number of requests since the log was told, this one included, if it is
    /// to be told again.
    pub(crate) fn count(&self, now: Duration) -> Option<u64> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.requests += 1;
        let is_due = state
            .told_at
            .is_none_or(|last| now.saturating_sub(last) >= Self::INTERVAL);
        is_due.then(|| {
            state.told_at = Some(now);
            std::mem::take(&mut state.requests)
        })
    }
}
