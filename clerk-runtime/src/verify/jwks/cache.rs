//! The state of the key cache and its decisions. Pure: does no I/O, and takes times and jitter as arguments.

mod age;
mod in_flight;
#[cfg(test)]
mod schedules;
#[cfg(test)]
mod tests;

use std::time::Duration;

use super::backoff::{Failure, FetchFailure};
use super::key_set::{Entry, KeySet};
use super::plan::{Action, Answer, Fetch, FetchOutcome, FetchReason, Freshness, Instruction};
use crate::config::JwksPolicy;
use crate::key::RsaVerifyingKey;
use crate::token::TokenVerificationErrorReason as Reason;

/// The last usable set, the last failure, and the fetch in flight.
#[derive(Debug, Clone)]
pub(super) struct Cache {
    policy: JwksPolicy,
    loaded: Option<Loaded>,
    failure: Option<Failure>,
    /// Set once requests with a stale key have waited as long as a request may, since the last fetch that succeeded. They do so
    /// for one fetch of an outage.
    has_waited_in_vain: bool,
    /// When the last fetch started whose set was looked up for a `kid` that the former set did not have. The cool-down counts
    /// from here: a key that was added later may be missing from that set.
    unknown_kid_at: Option<Duration>,
    /// The `kid`s that requests have waited for since the set was loaded, which does not have them. A request asks twice, and
    /// the fetch may end between the two questions: the cool-down must not depend on the second one. At most [`MAX_AWAITED`].
    awaited: Vec<Box<str>>,
    in_flight: Option<InFlight>,
    /// The number of fetches started so far; fetches are numbered from one.
    fetches_started: u64,
}

#[derive(Debug, Clone)]
struct Loaded {
    set: KeySet,
    /// The number of the fetch that returned the set.
    number: u64,
    /// When that fetch started: Clerk may have changed the set since then.
    at: Duration,
    fresh_for: Duration,
    refresh_after: Duration,
}

#[derive(Debug, Clone)]
struct InFlight {
    number: u64,
    started_at: Duration,
    /// Set if a request that has a stale key waits for it.
    delays_stale_key: bool,
}

#[derive(Debug, Clone, Copy)]
enum Decision {
    Answer {
        fetch: Option<FetchReason>,
    },
    Wait {
        fetch: Option<FetchReason>,
        at_most: Duration,
    },
}

impl Cache {
    pub(super) fn new(policy: JwksPolicy) -> Self {
        Self {
            policy,
            loaded: None,
            failure: None,
            has_waited_in_vain: false,
            unknown_kid_at: None,
            awaited: Vec::new(),
            in_flight: None,
            fetches_started: 0,
        }
    }

    /// Looks up the key for a token with this `kid`.
    pub(super) fn lookup(&mut self, now: Duration, kid: &str) -> Instruction {
        self.expire_stuck_fetch(now);
        let found = self.loaded.as_ref().and_then(|loaded| loaded.set.get(kid));
        let decision = self.decide(now, found);
        let (is_missing, is_usable) = (found.is_none(), matches!(found, Some(Entry::Usable(_))));
        let answer = match decision {
            Decision::Answer { .. } => Some(self.answer(now, kid)),
            Decision::Wait { .. } => None,
        };
        let instruction = self.instruct(now, decision, answer);
        if matches!(instruction.action, Action::Wait { .. }) {
            if is_missing {
                self.note_awaited(kid);
            }
            if let Some(in_flight) = self.in_flight.as_mut().filter(|_| is_usable) {
                in_flight.delays_stale_key = true;
            }
        }
        instruction
    }

    /// Passes the key to `inspect` unless the caller has to wait for it. Returns the result and a fetch to start.
    pub(super) fn get_if_ready<T>(
        &mut self,
        now: Duration,
        kid: &str,
        inspect: impl FnOnce(&RsaVerifyingKey) -> T,
    ) -> Option<(T, Option<Fetch>)> {
        self.expire_stuck_fetch(now);
        let found = self.loaded.as_ref()?.set.get(kid)?;
        match (found, self.decide(now, Some(found))) {
            (Entry::Usable(key), Decision::Answer { fetch }) => {
                let result = inspect(key);
                Some((result, fetch.map(|reason| self.start_fetch(now, reason))))
            }
            _ => None,
        }
    }

    /// Looks up any usable key. Ignore the answer and use [`freshness`](Self::freshness).
    pub(super) fn ensure_loaded(&mut self, now: Duration) -> Instruction {
        self.expire_stuck_fetch(now);
        let any = self.loaded.as_ref().and_then(|loaded| loaded.set.any_usable());
        let decision = self.decide(now, any);
        let answer = matches!(decision, Decision::Answer { .. }).then_some(Answer::UnknownKid);
        self.instruct(now, decision, answer)
    }

    /// Returns what comes next for a request that has waited until a fetch, this one or a later one, has ended: the answer, or
    /// another wait if the fetch was abandoned.
    pub(super) fn after_wait(&mut self, now: Duration, kid: &str, number: u64) -> Instruction {
        if self.was_abandoned(number) {
            return self.lookup(now, kid);
        }
        let answer = match &self.loaded {
            Some(loaded) if self.failure.is_none() => match loaded.set.get(kid) {
                Some(entry) => Answer::from(entry),
                None => {
                    // The set was checked for this `kid`, no matter why it was fetched.
                    self.unknown_kid_at = self.unknown_kid_at.max(Some(loaded.at));
                    Answer::UnknownKid
                }
            },
            _ => self.answer(now, kid),
        };
        Instruction::answer(answer)
    }

    /// Does for [`ensure_loaded`](Self::ensure_loaded) what [`after_wait`](Self::after_wait) does for a lookup.
    pub(super) fn ensure_loaded_after_wait(&mut self, now: Duration, number: u64) -> Instruction {
        match self.was_abandoned(number) {
            true => self.ensure_loaded(now),
            false => Instruction::answer(Answer::UnknownKid),
        }
    }

    /// Returns whether a fetch that has ended was abandoned, and no later one has told anything either.
    pub(super) fn was_abandoned(&self, number: u64) -> bool {
        let loaded = self.loaded.as_ref().map(|loaded| loaded.number);
        let failed = self.failure.as_ref().map(|failure| failure.number);
        loaded.max(failed) < Some(number)
    }

    /// Completes a fetch that returned a set. The set replaces the former one, unless that is newer or the new set has no
    /// usable key. `jitter` is between 0 and 1.
    pub(super) fn complete(
        &mut self,
        fetch: &Fetch,
        now: Duration,
        mut set: KeySet,
        jitter: f64,
    ) -> FetchOutcome {
        if self
            .loaded
            .as_ref()
            .is_some_and(|loaded| loaded.number > fetch.number)
        {
            self.end(fetch);
            return FetchOutcome::Outdated;
        }
        if !set.has_usable_key() && self.has_usable_key() {
            let failure = FetchFailure {
                reason: Reason::JwkRemoteFailedToLoad,
                retry_after: None,
                cause: None,
            };
            self.fail(fetch, now, &failure, jitter);
            return FetchOutcome::Refused;
        }
        if let Some(former) = &self.loaded {
            set.reuse_unchanged_keys(&former.set);
        }
        // A set without a usable key may be replaced soon.
        let fresh_for = match set.has_usable_key() {
            true => self.policy.fresh_for,
            false => self.policy.fresh_for.min(self.policy.cool_down),
        };
        // Recorded here because the requests that waited for the fetch may be gone by now.
        let is_one_missing = self.awaited.iter().any(|kid| set.get(kid).is_none());
        if fetch.reason == FetchReason::UnknownKid || is_one_missing {
            self.unknown_kid_at = self.unknown_kid_at.max(Some(fetch.started_at));
        }
        // After a stuck fetch another one is in flight, which the requests wait for.
        if self.end(fetch).is_some() {
            self.awaited.clear();
        }
        self.loaded = Some(Loaded {
            set,
            number: fetch.number,
            at: fetch.started_at,
            fresh_for,
            refresh_after: self.policy.due_after(jitter),
        });
        // The fetch succeeded even if it was treated as stuck before. A later failure still counts.
        self.failure.take_if(|failure| failure.number <= fetch.number);
        self.has_waited_in_vain &= self.failure.is_some();
        FetchOutcome::Loaded
    }

    /// Completes a fetch that failed. The failure counts unless the fetch was stuck before. `jitter` is between 0 and 1.
    pub(super) fn fail(&mut self, fetch: &Fetch, now: Duration, failure: &FetchFailure, jitter: f64) {
        if let Some(in_flight) = self.end(fetch) {
            self.count_failure(&in_flight, now, failure, jitter);
        }
    }

    /// Ends a fetch whose runtime ended before it. That says nothing about Clerk, so another runtime may fetch at once.
    pub(super) fn abandon(&mut self, fetch: &Fetch) {
        self.end(fetch);
    }

    /// Returns the freshness of the set.
    pub(super) fn freshness(&self, now: Duration) -> Freshness {
        match () {
            () if self.is_fresh(now) && self.has_usable_key() => Freshness::Fresh,
            () if self.is_usable(now) => Freshness::Stale,
            () => Freshness::Expired,
        }
    }

    /// Returns whether the set has a key with this `kid`, usable or not; `None` before a set was fetched.
    pub(super) fn has_kid(&self, kid: &str) -> Option<bool> {
        Some(self.loaded.as_ref()?.set.get(kid).is_some())
    }

    /// Returns the start of the fetch that returned the set.
    pub(super) fn loaded_at(&self) -> Option<Duration> {
        self.loaded.as_ref().map(|loaded| loaded.at)
    }

    /// Returns the time until which the usable keys of the set are answered without starting a fetch.
    pub(super) fn current_until(&self) -> Option<Duration> {
        let loaded = self.loaded.as_ref()?;
        Some(
            loaded
                .at
                .saturating_add(loaded.fresh_for.min(loaded.refresh_after)),
        )
    }

    /// Returns the last failure, if no fetch has succeeded since.
    pub(super) fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// Returns whether a set was fetched that has no usable key.
    pub(super) fn lacks_usable_keys(&self) -> bool {
        self.loaded.is_some() && !self.has_usable_key()
    }

    fn instruct(&mut self, now: Duration, decision: Decision, answer: Option<Answer>) -> Instruction {
        let (fetch, at_most) = match decision {
            Decision::Answer { fetch } => (fetch, Duration::ZERO),
            Decision::Wait { fetch, at_most } => (fetch, at_most),
        };
        let fetch = fetch.map(|reason| self.start_fetch(now, reason));
        let action = answer.map_or_else(
            || Action::Wait {
                number: self.fetches_started,
                at_most,
            },
            Action::Answer,
        );
        Instruction { fetch, action }
    }

    fn decide(&self, now: Duration, found: Option<&Entry>) -> Decision {
        let may_fetch = self.in_flight.is_none() && !self.is_backing_off(now);
        let max_wait = self.policy.wait_for_keys;
        let fetch = |reason| may_fetch.then_some(reason);
        let wait = |reason, at_most| match may_fetch || self.in_flight.is_some() {
            true => Decision::Wait {
                fetch: fetch(reason),
                at_most,
            },
            false => Decision::Answer { fetch: None },
        };
        if self.is_fresh(now) {
            return match found {
                Some(_) if self.is_due(now) => Decision::Answer {
                    fetch: fetch(FetchReason::Age),
                },
                Some(_) => Decision::Answer { fetch: None },
                None if self.is_cooling(now) => Decision::Answer { fetch: None },
                None => wait(FetchReason::UnknownKid, max_wait),
            };
        }
        if !self.is_usable(now) {
            return wait(FetchReason::NoKeys, max_wait);
        }
        if !matches!(found, Some(Entry::Usable(_))) {
            return wait(FetchReason::Age, max_wait);
        }
        // The handle was idle, and the key may have been withdrawn long ago, so the request waits for a fetch that succeeds. A
        // fetch that does not must not delay every request: all together wait as long as one request may.
        let patience = match &self.in_flight {
            _ if self.is_known_to_fail(now) => Duration::ZERO,
            Some(in_flight) => max_wait.saturating_sub(now.saturating_sub(in_flight.started_at)),
            None => max_wait,
        };
        match patience {
            Duration::ZERO => Decision::Answer {
                fetch: fetch(FetchReason::Age),
            },
            at_most => wait(FetchReason::Age, at_most),
        }
    }

    /// Answers from the last usable set, unless it is too old. The answer for a request that has waited in vain.
    pub(super) fn answer(&self, now: Duration, kid: &str) -> Answer {
        let may_be_used = self.is_fresh(now) || self.is_usable(now);
        let loaded = self.loaded.as_ref().filter(|_| may_be_used);
        match loaded.and_then(|loaded| loaded.set.get(kid)) {
            Some(entry) => Answer::from(entry),
            None if self.is_fresh(now) && self.is_cooling(now) => Answer::UnknownKid,
            None => Answer::Unavailable {
                reason: self
                    .failure
                    .as_ref()
                    .map_or(Reason::UnexpectedError, |failure| failure.reason),
                retry_after: self
                    .failure
                    .as_ref()
                    .map_or(Duration::ZERO, |failure| failure.wait(now)),
            },
        }
    }

    fn note_awaited(&mut self, kid: &str) {
        if self.awaited.len() < MAX_AWAITED && self.awaited.iter().all(|awaited| **awaited != *kid) {
            self.awaited.push(kid.into());
        }
    }
}

/// The maximum number of `kid`s that are kept as awaited. One that the new set does not have starts the cool-down.
const MAX_AWAITED: usize = 16;
