//! What is known about the keys, and what to do next. No I/O and no clock: moments are arguments.

use std::sync::Arc;
use std::time::Duration;

use super::key_set::{Entry, KeySet};
use crate::config::JwksPolicy;
use crate::key::RsaVerifyingKey;
use crate::token::TokenVerificationErrorReason as Reason;

/// The longest wait between two fetches of a set that cannot be had.
const MAX_BACKOFF: Duration = Duration::from_secs(30);
/// The longest `Retry-After` that is obeyed.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(300);

/// The last good set and the last failure.
#[derive(Debug)]
pub(super) struct Cache {
    policy: JwksPolicy,
    loaded: Option<Loaded>,
    failure: Option<Failure>,
    /// When a set that had just been fetched turned out not to have a wanted `kid`.
    unknown_kid_at: Option<Duration>,
}

#[derive(Debug)]
struct Loaded {
    set: Arc<KeySet>,
    at: Duration,
}

#[derive(Debug)]
struct Failure {
    reason: Reason,
    count: u32,
    retry_at: Duration,
}

/// Why a set could not be had.
#[derive(Debug, Clone)]
pub(super) struct FetchFailure {
    pub(super) reason: Reason,
    pub(super) retry_after: Option<Duration>,
}

/// What to do for a request.
#[derive(Debug)]
pub(super) enum Step {
    Answer(Answer),
    Fetch,
}

/// What the keys say about a `kid`.
#[derive(Debug)]
pub(super) enum Answer {
    Key(RsaVerifyingKey),
    Unusable,
    UnknownKid,
    Unavailable { reason: Reason, retry_after: Duration },
}

impl Cache {
    pub(super) fn new(policy: JwksPolicy) -> Self {
        Self {
            policy,
            loaded: None,
            failure: None,
            unknown_kid_at: None,
        }
    }

    /// Whether the set answers without a fetch.
    pub(super) fn is_fresh(&self, now: Duration) -> bool {
        self.loaded
            .as_ref()
            .is_some_and(|loaded| now.saturating_sub(loaded.at) < self.policy.fresh_for)
    }

    /// What to do for a token with this `kid`.
    pub(super) fn step(&self, now: Duration, kid: &str) -> Step {
        let entry = self.loaded.as_ref().and_then(|loaded| loaded.set.get(kid));
        if self.is_fresh(now) {
            if let Some(entry) = entry {
                return Step::Answer(Answer::from(entry));
            }
            let cooling = self
                .unknown_kid_at
                .is_some_and(|at| now.saturating_sub(at) < self.policy.cool_down);
            if cooling && self.failure.is_none() {
                return Step::Answer(Answer::UnknownKid);
            }
        }
        if self.retry_at().is_some_and(|retry_at| now < retry_at) {
            Step::Answer(self.fallback(now, kid))
        } else {
            Step::Fetch
        }
    }

    /// The answer after a fetch that this request waited for.
    pub(super) fn after_fetch(&mut self, now: Duration, kid: &str) -> Answer {
        if self.failure.is_some() || self.loaded.is_none() {
            return self.fallback(now, kid);
        }
        match self.loaded.as_ref().and_then(|loaded| loaded.set.get(kid)) {
            Some(entry) => Answer::from(entry),
            None => {
                self.unknown_kid_at.get_or_insert(now);
                Answer::UnknownKid
            }
        }
    }

    /// The answer while no fetch succeeds: the last good set, as long as it is not too old.
    pub(super) fn fallback(&self, now: Duration, kid: &str) -> Answer {
        let usable_for = self.policy.fresh_for.max(self.policy.stale_for);
        let loaded = self
            .loaded
            .as_ref()
            .filter(|loaded| now.saturating_sub(loaded.at) < usable_for);
        match loaded.and_then(|loaded| loaded.set.get(kid)) {
            Some(entry) => Answer::from(entry),
            None => Answer::Unavailable {
                reason: self
                    .failure
                    .as_ref()
                    .map_or(Reason::UnexpectedError, |failure| failure.reason),
                retry_after: self
                    .retry_at()
                    .map_or(Duration::ZERO, |at| at.saturating_sub(now)),
            },
        }
    }

    /// A set was fetched: it replaces the former one, unless that would leave nothing to check a signature with.
    pub(super) fn loaded(&mut self, now: Duration, set: KeySet) {
        if !set.has_usable_key()
            && self
                .loaded
                .as_ref()
                .is_some_and(|loaded| loaded.set.has_usable_key())
        {
            tracing::error!("the fetched key set has no usable key: the former one stays");
            return self.failed(
                now,
                &FetchFailure {
                    reason: Reason::JwkRemoteFailedToLoad,
                    retry_after: None,
                },
                1.0,
            );
        }
        self.loaded = Some(Loaded {
            set: Arc::new(set),
            at: now,
        });
        self.failure = None;
        // Cools down only if it was fetched for an unknown kid and still lacks it, which `after_fetch` finds out.
        if self
            .unknown_kid_at
            .is_some_and(|at| now.saturating_sub(at) >= self.policy.cool_down)
        {
            self.unknown_kid_at = None;
        }
    }

    /// A fetch failed. `jitter` is between 0 and 1.
    pub(super) fn failed(&mut self, now: Duration, failure: &FetchFailure, jitter: f64) {
        let count = self.failure.as_ref().map_or(0, |former| former.count);
        let longest = self
            .policy
            .backoff
            .saturating_mul(1 << count.min(16))
            .min(MAX_BACKOFF.max(self.policy.backoff));
        let asked = failure.retry_after.unwrap_or_default().min(MAX_RETRY_AFTER);
        self.failure = Some(Failure {
            reason: failure.reason,
            count: count.saturating_add(1),
            retry_at: now + longest.mul_f64(jitter.clamp(0.0, 1.0)).max(asked),
        });
    }

    /// Whether the last fetch failed, and how.
    pub(super) fn failure(&self, now: Duration) -> Option<(Reason, Duration)> {
        self.failure
            .as_ref()
            .map(|failure| (failure.reason, failure.retry_at.saturating_sub(now)))
    }

    fn retry_at(&self) -> Option<Duration> {
        self.failure.as_ref().map(|failure| failure.retry_at)
    }
}

impl From<&Entry> for Answer {
    fn from(entry: &Entry) -> Self {
        match entry {
            Entry::Usable(key) => Self::Key(key.clone()),
            Entry::Unusable => Self::Unusable,
        }
    }
}
