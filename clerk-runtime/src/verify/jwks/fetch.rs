use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use clerk_client::Client;
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::cache::Cache;
use super::download::download;
use super::failure::FetchFailure;
use super::jitter::random_fraction;
use super::key_set::KeySet;
use super::plan::{Age, Answer, Landed, Takeoff, Then};
use super::report::report;
use crate::Deviation;
use crate::clock::Clock;
use crate::config::JwksPolicy;
use crate::key::RsaVerifyingKey;
use crate::token::{TokenVerificationError, TokenVerificationErrorReason as Reason};
use crate::verify::epoch::{EpochStamp, KeySetEpoch};
use crate::verify::health::{Health, KeyHealth};

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
    ended: watch::Sender<u64>,
}

/// What comes of asking for a key.
pub(crate) enum Asked<'a> {
    Answered(Result<RsaVerifyingKey, TokenVerificationError>),
    /// Nobody knows before a fetch has ended.
    Pending(PendingFetch<'a>),
}

/// A fetch that the answer about a `kid` waits for.
pub(crate) struct PendingFetch<'a> {
    shared: &'a Shared,
    kid: &'a str,
    number: u64,
    at_most: Duration,
}

impl PendingFetch<'_> {
    /// The key, once the fetch has ended or taken too long.
    pub(crate) async fn key(self) -> Result<RsaVerifyingKey, TokenVerificationError> {
        let has_ended = self.shared.ended(self.number, self.at_most).await;
        let answer = self
            .shared
            .with(|cache, now| cache.after_wait(now, self.kid, has_ended));
        self.shared.result(answer)
    }
}

impl Jwks {
    pub(crate) fn new(client: Client, clock: Arc<dyn Clock>, policy: JwksPolicy) -> Self {
        Self(Arc::new(Shared {
            client,
            clock,
            cache: Mutex::new(Cache::new(policy)),
            epoch: KeySetEpoch::default(),
            ended: watch::Sender::new(0),
        }))
    }

    /// The key with this `kid`.
    pub(crate) fn key<'a>(&'a self, kid: Option<&'a str>) -> Asked<'a> {
        let Some(kid) = kid else {
            let error = TokenVerificationError::new(
                Reason::JwkKidMismatch,
                "the token does not name its key (`kid`)",
            );
            return Asked::Answered(Err(error.deviating(Deviation::HeaderFirst)));
        };
        let plan = self.0.with(|cache, now| cache.ask(now, kid));
        if let Some(takeoff) = plan.start {
            self.0.start(takeoff);
        }
        match plan.then {
            Then::Answer(answer) => Asked::Answered(self.0.result(answer)),
            Then::Wait { number, at_most } => Asked::Pending(PendingFetch {
                shared: &self.0,
                kid,
                number,
                at_most,
            }),
        }
    }

    /// Whether this is the key with this `kid`; nothing if that is not known without waiting.
    pub(crate) fn still_has(
        &self,
        kid: &str,
        key: &RsaVerifyingKey,
        epoch_stamp: &EpochStamp,
    ) -> Option<bool> {
        if self.0.epoch.is_current(self.0.clock.monotonic(), epoch_stamp) {
            return Some(true);
        }
        let (is_same, start) = self.0.with(|cache, now| {
            let peeked = cache.peek(now, kid, |found| found.is_same(key))?;
            if peeked.0 {
                self.0.epoch.stamp(epoch_stamp);
            }
            Some(peeked)
        })?;
        if let Some(takeoff) = start {
            self.0.start(takeoff);
        }
        Some(is_same)
    }

    /// Fetches the keys unless they are fresh. Keys that are stale but usable will do while no fetch succeeds.
    pub(crate) async fn ready(&self) -> Result<(), TokenVerificationError> {
        let plan = self.0.with(Cache::warm);
        if let Some(takeoff) = plan.start {
            self.0.start(takeoff);
        }
        if let Then::Wait { number, at_most } = plan.then {
            self.0.ended(number, at_most).await;
        }
        self.0.with(|cache, now| {
            if cache.age(now) != Age::Over {
                return Ok(());
            }
            Err(cache.failure().map_or_else(
                || outage(Reason::UnexpectedError, Duration::ZERO),
                |failure| outage(failure.reason, failure.wait(now)),
            ))
        })
    }

    /// How the keys are, without fetching any.
    pub(crate) fn health(&self) -> Health {
        self.0.with(|cache, now| Health {
            keys: match cache.age(now) {
                Age::Fresh => KeyHealth::Fresh,
                Age::Stale => KeyHealth::Stale,
                Age::Over => KeyHealth::Missing,
            },
            age: cache.loaded_at().map(|at| now.saturating_sub(at)),
            last_failure: cache.failure().map(|failure| failure.reason),
            next_retry: cache.failure().map(|failure| failure.wait(now)),
        })
    }
}

impl Shared {
    /// One step of the cache. Nothing else happens under the lock: no I/O, no task, no event that somebody may react to.
    fn with<T>(&self, step: impl FnOnce(&mut Cache, Duration) -> T) -> T {
        let mut cache = self.lock();
        let now = self.clock.monotonic();
        step(&mut cache, now)
    }

    fn result(&self, answer: Answer) -> Result<RsaVerifyingKey, TokenVerificationError> {
        into_result(answer).map_err(|error| {
            // A set without a single usable key says nothing about a token: that is an outage too.
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

    /// Starts a fetch in a task of its own, so that a client that hangs up ends nobody else's wait.
    fn start(self: &Arc<Self>, takeoff: Takeoff) {
        let landing = Landing {
            shared: Arc::clone(self),
            takeoff: Some(takeoff),
        };
        // Without a runtime nothing can be fetched. That is a failure like any other.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(landing.fetch());
        }
    }

    /// Waits for the end of a fetch; `false` if that takes too long.
    async fn ended(&self, number: u64, at_most: Duration) -> bool {
        let mut ended = self.ended.subscribe();
        if Handle::try_current().is_err() {
            return *ended.borrow() >= number;
        }
        // The number is kept, so an end that comes before this wait is not missed.
        let end = ended.wait_for(|last| *last >= number);
        matches!(tokio::time::timeout(at_most, end).await, Ok(Ok(_)))
    }
}

/// A fetch that has started. It ends in one way or another, at the latest when this is dropped.
struct Landing {
    shared: Arc<Shared>,
    takeoff: Option<Takeoff>,
}

impl Landing {
    async fn fetch(mut self) {
        let is_urgent = self.takeoff.as_ref().is_some_and(|takeoff| takeoff.is_urgent);
        let shared = Arc::clone(&self.shared);
        let result = download(&shared.client, is_urgent).await;
        self.land(result);
    }

    fn land(&mut self, result: Result<KeySet, FetchFailure>) {
        let Some(takeoff) = self.takeoff.take() else {
            return;
        };
        let keys = result.as_ref().map_or(0, KeySet::len);
        let jitter = random_fraction();
        let (outcome, duration) = self.shared.with(|cache, now| {
            let outcome = match result {
                Ok(set) => {
                    let landed = cache.landed(&takeoff, now, set, jitter);
                    if let (Landed::Loaded, Some(until)) = (landed, cache.quiet_until()) {
                        self.shared.epoch.advance(until);
                    }
                    Ok(landed)
                }
                Err(failure) => {
                    cache.failed(&takeoff, now, &failure, jitter);
                    Err(failure.reason)
                }
            };
            (outcome, now.saturating_sub(takeoff.since))
        });
        report(&takeoff, outcome, keys, duration, self.shared.clock.unix_millis());
        self.shared.ended.send_if_modified(|last| {
            let is_later = *last < takeoff.number;
            *last = takeoff.number.max(*last);
            is_later
        });
    }
}

impl Drop for Landing {
    /// A task that was lost, with its runtime or by a panic of the transport, counts as a failed fetch.
    fn drop(&mut self) {
        self.land(Err(FetchFailure::LOST));
    }
}

fn into_result(answer: Answer) -> Result<RsaVerifyingKey, TokenVerificationError> {
    match answer {
        Answer::Key(key) => Ok(key),
        Answer::Unusable => {
            let message = "the key that the token names cannot check RS256 signatures";
            Err(
                TokenVerificationError::new(Reason::TokenVerificationFailed, message)
                    .deviating(Deviation::UnusableKey),
            )
        }
        Answer::UnknownKid => {
            let message = "no key of the instance has the `kid` that the token names";
            Err(TokenVerificationError::new(Reason::JwkKidMismatch, message))
        }
        Answer::Unavailable { reason, retry_after } => Err(outage(reason, retry_after)),
    }
}

fn outage(reason: Reason, retry_after: Duration) -> TokenVerificationError {
    let message = match reason {
        Reason::SecretKeyInvalid => "Clerk refused the secret key: check CLERK_SECRET_KEY",
        Reason::JwkRemoteFailedToLoad => "Clerk did not answer with the instance's keys",
        _ => "Clerk could not be reached for the instance's keys",
    };
    TokenVerificationError::new(reason, message).during_outage(retry_after.max(Duration::from_secs(1)))
}
