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
        self.is_younger_than(now, self.policy.fresh_for)
    }

    /// Whether there is a set that signatures may be checked with, fresh or not.
    pub(super) fn is_usable(&self, now: Duration) -> bool {
        !self.lacks_usable_keys()
            && self.is_younger_than(now, self.policy.fresh_for.max(self.policy.stale_for))
    }

    /// Whether a set was fetched that no signature can be checked with.
    pub(super) fn lacks_usable_keys(&self) -> bool {
        self.loaded
            .as_ref()
            .is_some_and(|loaded| !loaded.set.has_usable_key())
    }

    /// A fetch for an unknown `kid` has ended: the next one waits.
    pub(super) fn cool_down(&mut self, now: Duration) {
        self.unknown_kid_at = Some(now);
    }

    fn is_younger_than(&self, now: Duration, age: Duration) -> bool {
        self.loaded
            .as_ref()
            .is_some_and(|loaded| now.saturating_sub(loaded.at) < age)
    }

    /// Whether a fetch is due although no token asks for one.
    pub(super) fn wants_warming(&self, now: Duration) -> bool {
        !self.is_fresh(now) && !self.is_backing_off(now)
    }

    fn is_backing_off(&self, now: Duration) -> bool {
        self.retry_at().is_some_and(|retry_at| now < retry_at)
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
        if self.is_backing_off(now) {
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
        let loaded = self.loaded.as_ref().filter(|_| self.is_usable(now));
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
    pub(super) fn loaded(&mut self, now: Duration, mut set: KeySet) {
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
        if let Some(former) = &self.loaded {
            set.keep_from(&former.set);
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
            .min(MAX_BACKOFF);
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const FAILED: FetchFailure = FetchFailure {
        reason: Reason::JwkRemoteFailedToLoad,
        retry_after: None,
    };

    fn set(kids: &[&str]) -> KeySet {
        let modulus = format!("w{}Q", "a".repeat(340));
        let keys: Vec<_> = kids
            .iter()
            .map(|kid| json!({"kty": "RSA", "kid": kid, "n": modulus, "e": "AQAB"}))
            .collect();
        KeySet::from_keys(&keys)
    }

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn answer(answer: &Answer) -> &'static str {
        match answer {
            Answer::Key(_) => "key",
            Answer::Unusable => "unusable",
            Answer::UnknownKid => "unknown",
            Answer::Unavailable { .. } => "unavailable",
        }
    }

    fn step(cache: &Cache, seconds: u64, kid: &str) -> &'static str {
        match cache.step(at(seconds), kid) {
            Step::Fetch => "fetch",
            Step::Answer(found) => answer(&found),
        }
    }

    fn cache_with(kids: &[&str]) -> Cache {
        let mut cache = Cache::new(JwksPolicy::default());
        cache.loaded(at(0), set(kids));
        cache
    }

    #[test]
    fn a_set_answers_for_five_minutes_however_often_it_is_read() {
        let cache = cache_with(&["a"]);
        for seconds in [0, 100, 299] {
            assert_eq!(step(&cache, seconds, "a"), "key", "{seconds} s");
        }
        assert_eq!(step(&cache, 300, "a"), "fetch");
    }

    #[test]
    fn a_fetched_set_replaces_the_former_one() {
        let mut cache = cache_with(&["a", "b"]);
        cache.loaded(at(10), set(&["b"]));
        assert_eq!(answer(&cache.after_fetch(at(10), "a")), "unknown");
        assert_eq!(answer(&cache.after_fetch(at(10), "b")), "key");
    }

    #[test]
    fn an_unknown_kid_is_asked_for_once_in_ten_seconds() {
        let mut cache = cache_with(&["a"]);
        assert_eq!(step(&cache, 1, "x"), "fetch");
        cache.loaded(at(1), set(&["a"]));
        assert_eq!(answer(&cache.after_fetch(at(1), "x")), "unknown");
        for seconds in [1, 5, 10] {
            assert_eq!(step(&cache, seconds, "y"), "unknown", "{seconds} s");
            assert_eq!(step(&cache, seconds, "a"), "key");
        }
        assert_eq!(step(&cache, 11, "y"), "fetch");
    }

    #[test]
    fn a_flood_of_unknown_kids_never_fetches_faster_than_the_cool_down() {
        let mut cache = Cache::new(JwksPolicy::default());
        let mut fetches = 0;
        for second in 0..100 {
            for request in 0..100 {
                let kid = format!("{second}-{request}");
                if let Step::Fetch = cache.step(at(second), &kid) {
                    fetches += 1;
                    cache.loaded(at(second), set(&["a"]));
                    cache.after_fetch(at(second), &kid);
                }
            }
        }
        assert_eq!(fetches, 10);
    }

    #[test]
    fn while_clerk_is_away_old_keys_serve_and_unknown_ones_are_unavailable() {
        let mut cache = cache_with(&["a"]);
        assert_eq!(step(&cache, 300, "a"), "fetch");
        cache.failed(at(300), &FAILED, 1.0);
        assert_eq!(answer(&cache.after_fetch(at(300), "a")), "key");
        assert_eq!(answer(&cache.after_fetch(at(300), "x")), "unavailable");
        assert_eq!(step(&cache, 300, "a"), "key", "no wait during the backoff");
        assert_eq!(step(&cache, 301, "a"), "fetch", "the backoff has passed");
        cache.failed(at(3599), &FAILED, 1.0);
        assert_eq!(step(&cache, 3599, "a"), "key");
        cache.failed(at(3600), &FAILED, 1.0);
        assert_eq!(step(&cache, 3600, "a"), "unavailable", "an hour has passed");
    }

    #[test]
    fn an_unknown_kid_during_an_outage_is_not_called_unknown() {
        let mut cache = cache_with(&["a"]);
        cache.failed(at(10), &FAILED, 1.0);
        assert_eq!(step(&cache, 10, "x"), "unavailable");
        assert_eq!(step(&cache, 10, "a"), "key");
    }

    #[test]
    fn backoff_doubles_to_half_a_minute_and_obeys_retry_after() {
        let mut cache = Cache::new(JwksPolicy::default());
        for (failures, wait) in [1, 2, 4, 8, 16, 30, 30].into_iter().enumerate() {
            cache.failed(at(0), &FAILED, 1.0);
            assert_eq!(
                cache.failure(at(0)),
                Some((FAILED.reason, at(wait))),
                "after {failures} failures"
            );
        }
        cache.failed(at(0), &FAILED, 0.0);
        assert_eq!(step(&cache, 0, "a"), "fetch", "full jitter may leave no wait");
        for (asked, wait) in [(60, 60), (100_000, 300)] {
            cache.failed(
                at(0),
                &FetchFailure {
                    retry_after: Some(at(asked)),
                    ..FAILED
                },
                0.0,
            );
            assert_eq!(cache.failure(at(0)).unwrap().1, at(wait));
        }
        cache.loaded(at(1), set(&["a"]));
        assert_eq!(cache.failure(at(1)), None);
    }

    #[test]
    fn a_set_without_a_usable_key_does_not_replace_a_good_one() {
        let mut cache = cache_with(&["a"]);
        cache.loaded(
            at(300),
            KeySet::from_keys(&[json!(null), json!({"kty": "EC", "kid": "a"})]),
        );
        assert_eq!(answer(&cache.after_fetch(at(300), "a")), "key");
        assert!(cache.failure(at(300)).is_some());
        let mut cold = Cache::new(JwksPolicy::default());
        cold.loaded(at(0), KeySet::from_keys(&[json!({"kty": "EC", "kid": "a"})]));
        assert_eq!(answer(&cold.after_fetch(at(0), "a")), "unusable");
    }
}
