//! The shared key set of an instance, and the tasks that fetch it.

mod fetch_guard;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use clerk_client::Client;
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::cache::Cache;
use super::epoch::{EpochStamp, KeySetEpoch};
use super::health::{Health, KeyHealth};
use super::lookup_error::{explained, into_result};
use super::plan::{Action, Answer, Freshness, Instruction};
use crate::Deviation;
use crate::clock::Clock;
use crate::config::JwksPolicy;
use crate::key::RsaVerifyingKey;
use crate::tally::Tally;
use crate::token::{TokenVerificationError, TokenVerificationErrorReason as Reason};

/// The key set of an instance, fetched over the Backend API.
#[derive(Debug)]
pub(crate) struct Jwks(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    client: Client,
    clock: Arc<dyn Clock>,
    cache: Mutex<Cache>,
    epoch: KeySetEpoch,
    /// The number of the latest fetch that has ended.
    last_ended: watch::Sender<u64>,
    /// Seconds that the clock of this machine was ahead of Clerk's at the last fetch, or [`UNKNOWN`].
    clock_ahead: AtomicI64,
    /// Fetches that told of a wrong clock, and those that failed.
    clock_warnings: Tally,
    failures: Tally,
    /// Set if nothing may be fetched.
    is_snapshot: bool,
}

/// The difference of clocks before a fetch has told it.
const UNKNOWN: i64 = i64::MIN;

/// The result of looking up a key.
pub(crate) enum KeyLookup<'a> {
    Ready(Result<RsaVerifyingKey, TokenVerificationError>),
    /// The caller has to wait for a fetch.
    Pending(PendingFetch<'a>),
}

/// A lookup that waits for a fetch.
pub(crate) struct PendingFetch<'a> {
    shared: &'a Arc<Shared>,
    kid: &'a str,
    wait: Wait,
}

/// Tells the next step for a request.
enum Next {
    Answer(Answer),
    Wait(Wait),
}

/// A wait for a fetch.
struct Wait {
    number: u64,
    at_most: Duration,
    /// Set if the request that waits has started the fetch, in its own runtime.
    is_own: bool,
}

impl PendingFetch<'_> {
    /// Waits for the fetch, at most for the time that the cache has set, and returns the key. If the runtime of another request
    /// ends in the middle of the fetch, fetches the keys itself.
    pub(crate) async fn key(self) -> Result<RsaVerifyingKey, TokenVerificationError> {
        let (shared, kid) = (self.shared, self.kid);
        let ended = shared.wait(self.wait, |cache, now, number| cache.after_wait(now, kid, number));
        let answer = match ended.await {
            Some(answer) => answer,
            None => shared.with(|cache, now| cache.answer(now, kid)),
        };
        shared.result(answer)
    }
}

impl Jwks {
    pub(crate) fn new(client: Client, clock: Arc<dyn Clock>, policy: JwksPolicy) -> Self {
        Self(Arc::new(Shared {
            client,
            clock,
            cache: Mutex::new(Cache::new(policy)),
            epoch: KeySetEpoch::default(),
            last_ended: watch::Sender::new(0),
            clock_ahead: AtomicI64::new(UNKNOWN),
            clock_warnings: Tally::default(),
            failures: Tally::default(),
            is_snapshot: false,
        }))
    }

    /// Returns the set as it is now. It is never fetched again: a lookup that needs a fetch is pending for ever.
    pub(crate) fn snapshot(&self) -> Self {
        let shared = &self.0;
        Self(Arc::new(Shared {
            client: shared.client.clone(),
            clock: Arc::clone(&shared.clock),
            cache: Mutex::new(shared.lock().clone()),
            epoch: KeySetEpoch::default(),
            last_ended: watch::Sender::new(0),
            clock_ahead: AtomicI64::new(shared.clock_ahead.load(Ordering::Relaxed)),
            clock_warnings: Tally::default(),
            failures: Tally::default(),
            is_snapshot: true,
        }))
    }

    /// Returns seconds that the clock of this machine was ahead of Clerk's when the keys were fetched; `None` before that, and
    /// if Clerk did not tell the time.
    pub(crate) fn clock_ahead(&self) -> Option<i64> {
        let ahead = self.0.clock_ahead.load(Ordering::Relaxed);
        (ahead != UNKNOWN).then_some(ahead)
    }

    /// Returns why the last fetch failed, in words, if no fetch has succeeded since.
    pub(crate) fn last_failure(&self) -> Option<Arc<str>> {
        self.0.with(|cache, _| cache.failure()?.cause.clone())
    }

    /// Returns whether the set has a key with this `kid`; `None` before a set was fetched.
    pub(crate) fn has_kid(&self, kid: &str) -> Option<bool> {
        self.0.with(|cache, _| cache.has_kid(kid))
    }

    /// Looks up the key with this `kid`, and starts a fetch if one is due.
    pub(crate) fn key<'a>(&'a self, kid: Option<&'a str>) -> KeyLookup<'a> {
        let Some(kid) = kid else {
            let error = TokenVerificationError::new(
                Reason::JwkKidMismatch,
                "the token does not name its key (`kid`)",
            );
            return KeyLookup::Ready(Err(error.deviating(Deviation::HeaderFirst)));
        };
        let instruction = self.0.with(|cache, now| cache.lookup(now, kid));
        match self.0.follow(instruction) {
            Next::Answer(answer) => KeyLookup::Ready(self.0.result(answer)),
            Next::Wait(wait) => KeyLookup::Pending(PendingFetch {
                shared: &self.0,
                kid,
                wait,
            }),
        }
    }

    /// Returns whether `key` is still the key with this `kid`, or `None` if the caller would have to wait for the answer.
    pub(crate) fn still_has(
        &self,
        kid: &str,
        key: &RsaVerifyingKey,
        epoch_stamp: &EpochStamp,
    ) -> Option<bool> {
        if self.0.epoch.is_current(self.0.clock.monotonic(), epoch_stamp) {
            return Some(true);
        }
        let (is_same, fetch) = self.0.with(|cache, now| {
            let (is_same, fetch) = cache.get_if_ready(now, kid, |found| found.is_same(key))?;
            if is_same {
                self.0.epoch.stamp(epoch_stamp);
            }
            Some((is_same, fetch))
        })?;
        if let Some(fetch) = fetch {
            self.0.spawn(fetch);
        }
        Some(is_same)
    }

    /// Fetches the keys unless they are fresh. Succeeds with stale keys if the fetch fails.
    ///
    /// # Errors
    /// The outage, if there are no usable keys.
    pub(crate) async fn ready(&self) -> Result<(), TokenVerificationError> {
        let instruction = self.0.with(Cache::ensure_loaded);
        if let Next::Wait(wait) = self.0.follow(instruction) {
            self.0.wait(wait, Cache::ensure_loaded_after_wait).await;
        }
        self.0.with(|cache, now| {
            if cache.freshness(now) != Freshness::Expired {
                return Ok(());
            }
            Err(cache.failure().map_or_else(
                || {
                    let cause = format!("{}: no answer so far", self.0.client.host());
                    explained(Reason::UnexpectedError, &cause, Duration::ZERO)
                },
                |failure| {
                    let cause = failure.cause.as_deref().unwrap_or("the fetch broke off");
                    explained(failure.reason, cause, failure.wait(now))
                },
            ))
        })
    }

    /// Returns the state of the keys without fetching them.
    pub(crate) fn health(&self) -> Health {
        self.0.with(|cache, now| Health {
            keys: match cache.freshness(now) {
                Freshness::Fresh => KeyHealth::Fresh,
                Freshness::Stale => KeyHealth::Stale,
                Freshness::Expired => KeyHealth::Missing,
            },
            age: cache.loaded_at().map(|at| now.saturating_sub(at)),
            last_failure: cache.failure().map(|failure| failure.reason),
            next_retry: cache.failure().map(|failure| failure.wait(now)),
            ..Health::CONFIGURED
        })
    }
}

impl Shared {
    /// Runs one step of the cache under its lock. The step must not do I/O, start a task or emit an event.
    fn with<T>(&self, step: impl FnOnce(&mut Cache, Duration) -> T) -> T {
        let mut cache = self.lock();
        let now = self.clock.monotonic();
        step(&mut cache, now)
    }

    fn result(&self, answer: Answer) -> Result<RsaVerifyingKey, TokenVerificationError> {
        into_result(answer).map_err(|error| {
            // A set without any usable key cannot reject a token: this is an outage too.
            if self.with(|cache, _| cache.lacks_usable_keys()) {
                error.during_outage(Duration::from_secs(1))
            } else {
                error
            }
        })
    }

    fn lock(&self) -> MutexGuard<'_, Cache> {
        // Nothing panics while the lock is held; should that change, the state is still whole.
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts the fetch of an instruction, if it has one.
    fn follow(self: &Arc<Self>, instruction: Instruction) -> Next {
        let is_own = instruction.fetch.is_some();
        if let Some(fetch) = instruction.fetch {
            self.spawn(fetch);
        }
        match instruction.action {
            Action::Answer(answer) => Next::Answer(answer),
            Action::Wait { number, at_most } => Next::Wait(Wait {
                number,
                at_most,
                is_own,
            }),
        }
    }

    /// Waits for a fetch to end and asks the cache what comes next, until that is an answer. Returns `None` if it takes too long.
    async fn wait(
        self: &Arc<Self>,
        wait: Wait,
        ask: impl Fn(&mut Cache, Duration, u64) -> Instruction,
    ) -> Option<Answer> {
        let at_most = wait.at_most;
        let mut last_ended = self.last_ended.subscribe();
        if Handle::try_current().is_err() && *last_ended.borrow() < wait.number {
            return None;
        }
        let answer = async {
            let mut wait = wait;
            loop {
                // The channel keeps the number, so a fetch that has ended before this wait is not missed.
                last_ended.wait_for(|last| *last >= wait.number).await.ok()?;
                // The runtime of this request shuts down: another fetch in it would not be made either.
                if wait.is_own && self.with(|cache, _| cache.was_abandoned(wait.number)) {
                    return None;
                }
                match self.follow(self.with(|cache, now| ask(cache, now, wait.number))) {
                    Next::Answer(answer) => return Some(answer),
                    Next::Wait(next) => wait = next,
                }
            }
        };
        match Handle::try_current() {
            Ok(_) => tokio::time::timeout(at_most, answer).await.ok().flatten(),
            Err(_) => answer.await,
        }
    }
}
