//! The age of the set and of the last failure, and what follows from it.

use std::time::Duration;

use super::Cache;
use crate::verify::jwks::backoff::Failure;

impl Cache {
    pub(super) fn has_usable_key(&self) -> bool {
        self.loaded
            .as_ref()
            .is_some_and(|loaded| loaded.set.has_usable_key())
    }

    pub(super) fn is_fresh(&self, now: Duration) -> bool {
        self.loaded
            .as_ref()
            .is_some_and(|loaded| now.saturating_sub(loaded.at) < loaded.fresh_for)
    }

    /// Returns whether the set is old enough to be refreshed in the background.
    pub(super) fn is_due(&self, now: Duration) -> bool {
        self.loaded
            .as_ref()
            .is_some_and(|loaded| now.saturating_sub(loaded.at) >= loaded.refresh_after)
    }

    /// Returns whether there is a set, fresh or stale, that may still verify signatures.
    pub(super) fn is_usable(&self, now: Duration) -> bool {
        let limit = self.policy.fresh_for.max(self.policy.stale_for);
        let loaded = self.loaded.as_ref();
        self.has_usable_key() && loaded.is_some_and(|loaded| now.saturating_sub(loaded.at) < limit)
    }

    pub(super) fn is_backing_off(&self, now: Duration) -> bool {
        self.failure
            .as_ref()
            .is_some_and(|failure| now < failure.retry_at)
    }

    /// Returns whether a fetch has failed since the last one that succeeded, so that another one need not be waited for.
    ///
    /// An old failure after which no fetch was due for long says nothing about the present: the handle was idle, and a key that
    /// was withdrawn meanwhile must not pass because of it. The next fetch is then waited for, unless one of the same outage
    /// was before and used up the whole wait.
    pub(super) fn is_known_to_fail(&self, now: Duration) -> bool {
        let is_recent = |failure: &Failure| {
            now.saturating_sub(failure.at) < self.policy.fresh_for
                || now.saturating_sub(failure.retry_at) < self.policy.cool_down
        };
        self.failure
            .as_ref()
            .is_some_and(|failure| self.has_waited_in_vain || is_recent(failure))
    }

    /// Returns whether a fetch for an unknown `kid` started within the cool-down and has ended well.
    pub(super) fn is_cooling(&self, now: Duration) -> bool {
        self.failure.is_none()
            && self
                .unknown_kid_at
                .is_some_and(|at| now.saturating_sub(at) < self.policy.cool_down)
    }
}
