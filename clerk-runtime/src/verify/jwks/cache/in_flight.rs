//! Starts and ends the one fetch that may be in flight.

use std::time::Duration;

use super::{Cache, InFlight};
use crate::verify::jwks::backoff::{Failure, FetchFailure};
use crate::verify::jwks::plan::{Fetch, FetchReason};

impl Cache {
    pub(super) fn start_fetch(&mut self, now: Duration, reason: FetchReason) -> Fetch {
        self.fetches_started += 1;
        self.in_flight = Some(InFlight {
            number: self.fetches_started,
            started_at: now,
            delays_stale_key: false,
        });
        Fetch {
            number: self.fetches_started,
            started_at: now,
            reason,
            is_urgent: !self.is_usable(now),
            deadline: self.policy.fetch_deadline(),
        }
    }

    /// Ends the fetch if it is the one in flight.
    pub(super) fn end(&mut self, fetch: &Fetch) -> Option<InFlight> {
        self.in_flight
            .take_if(|in_flight| in_flight.number == fetch.number)
    }

    /// Counts a fetch as failed if it has not ended in time. Its task may never be polled again if its runtime is not driven,
    /// and must not keep others from fetching.
    pub(super) fn expire_stuck_fetch(&mut self, now: Duration) {
        let stuck_after = self.stuck_after();
        let is_stuck = |in_flight: &mut InFlight| now.saturating_sub(in_flight.started_at) >= stuck_after;
        if let Some(in_flight) = self.in_flight.take_if(is_stuck) {
            let at = in_flight.started_at.saturating_add(stuck_after);
            self.count_failure(&in_flight, at, &FetchFailure::INCOMPLETE, 1.0);
        }
    }

    pub(super) fn stuck_after(&self) -> Duration {
        self.policy.fetch_deadline().saturating_add(GRACE)
    }

    pub(super) fn count_failure(
        &mut self,
        in_flight: &InFlight,
        now: Duration,
        failure: &FetchFailure,
        jitter: f64,
    ) {
        let taken = now.saturating_sub(in_flight.started_at);
        self.has_waited_in_vain |= in_flight.delays_stale_key && taken >= self.policy.wait_for_keys;
        // With usable keys there is no hurry, and Clerk gets time to recover.
        let floor = match self.is_usable(now) {
            true => self.policy.cool_down,
            false => Duration::ZERO,
        };
        let former = self.failure.as_ref();
        self.failure = Some(Failure::after(
            former,
            failure,
            in_flight.number,
            now,
            floor,
            jitter,
            &self.policy,
        ));
    }
}

/// The time after its deadline at which a fetch that has not ended counts as failed.
const GRACE: Duration = Duration::from_secs(5);
