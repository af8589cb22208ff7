//! Runs a fetch, and tells the cache, the log and the requests that wait of its end.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use clerk_client::transport::UnreachableCause;
use tokio::runtime::Handle;

use super::Shared;
use crate::verify::jwks::backoff::{FetchFailure, random_fraction};
use crate::verify::jwks::download::{
    Downloaded, clock_ahead, download, record_abandoned, record_fetch, warn_of_clock,
};
use crate::verify::jwks::key_set::KeySet;
use crate::verify::jwks::plan::{Fetch, FetchOutcome};

impl Shared {
    /// Runs a fetch in a separate task, so that other requests still get the keys if the client of this one disconnects.
    pub(super) fn spawn(self: &Arc<Self>, fetch: Fetch) {
        if self.is_snapshot {
            return;
        }
        let mut guard = FetchGuard {
            shared: Arc::clone(self),
            fetch: Some(fetch),
            is_polled: false,
        };
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(guard.run())),
            Err(_) => {
                let cause = UnreachableCause::NoRuntime.to_string();
                guard.complete(Err(FetchFailure::incomplete(cause)));
            }
        }
    }
}

/// Runs a fetch and completes it in any case, at the latest when the guard is dropped.
struct FetchGuard {
    shared: Arc<Shared>,
    fetch: Option<Fetch>,
    /// Set while the transport runs, so that a panic in it can be told from the end of the runtime.
    is_polled: bool,
}

impl FetchGuard {
    async fn run(mut self) {
        let Some(fetch) = self.fetch.clone() else { return };
        let shared = Arc::clone(&self.shared);
        let mut download = pin!(download(&shared.client, &fetch));
        let result = poll_fn(|context| {
            self.is_polled = true;
            let poll = download.as_mut().poll(context);
            self.is_polled = false;
            poll
        })
        .await;
        self.complete(result);
    }

    fn complete(&mut self, result: Result<Downloaded, FetchFailure>) {
        let Some(fetch) = self.fetch.take() else {
            return;
        };
        let now_ms = self.shared.clock.unix_millis();
        if let Ok(Downloaded {
            told_at: Some(told_at),
            ..
        }) = &result
        {
            let ahead = clock_ahead(
                now_ms,
                *told_at,
                self.shared.clock.monotonic().saturating_sub(fetch.started_at),
            );
            self.shared.clock_ahead.store(ahead, Ordering::Relaxed);
            let now = self.shared.clock.monotonic();
            warn_of_clock(ahead, &self.shared.clock_warnings, now);
        }
        let result = result.map(|downloaded| downloaded.set);
        let keys = result.as_ref().map_or(0, KeySet::len);
        let jitter = random_fraction();
        let (outcome, duration) = self.shared.with(|cache, now| {
            let outcome = match result {
                Ok(set) => {
                    let outcome = cache.complete(&fetch, now, set, jitter);
                    if let (FetchOutcome::Loaded, Some(until)) = (outcome, cache.current_until()) {
                        self.shared.epoch.advance(until);
                    }
                    Ok(outcome)
                }
                Err(failure) => {
                    cache.fail(&fetch, now, &failure, jitter);
                    Err(failure)
                }
            };
            (outcome, now.saturating_sub(fetch.started_at))
        });
        let failures = outcome
            .is_err()
            .then(|| self.shared.failures.count(self.shared.clock.monotonic()))
            .flatten();
        record_fetch(&fetch, &outcome, keys, duration, now_ms, failures);
        self.announce(&fetch);
    }

    /// Leaves the fetch to another runtime.
    fn abandon(&mut self) {
        let Some(fetch) = self.fetch.take() else {
            return;
        };
        self.shared.with(|cache, _| cache.abandon(&fetch));
        record_abandoned(&fetch);
        self.announce(&fetch);
    }

    fn announce(&self, fetch: &Fetch) {
        self.shared.last_ended.send_if_modified(|last| {
            let is_later = *last < fetch.number;
            *last = fetch.number.max(*last);
            is_later
        });
    }
}

impl Drop for FetchGuard {
    /// Ends a fetch whose task ended early: by a panic of the transport, which counts as a failure, or with its runtime.
    fn drop(&mut self) {
        match self.is_polled {
            true => self.complete(Err(FetchFailure::INCOMPLETE)),
            false => self.abandon(),
        }
    }
}
