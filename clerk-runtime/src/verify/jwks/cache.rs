//! What is known about the keys, and what to do next. No I/O, no clock, no randomness: moments and jitter are arguments.

#[cfg(test)]
mod schedules;
#[cfg(test)]
mod tests;

use std::time::Duration;

use super::failure::{Failure, FetchFailure};
use super::key_set::{Entry, KeySet};
use super::plan::{Age, Answer, Cause, Landed, Plan, Takeoff, Then};
use crate::config::JwksPolicy;
use crate::key::RsaVerifyingKey;
use crate::token::TokenVerificationErrorReason as Reason;

/// The last good set, the last failure, and the fetch that is under way.
#[derive(Debug, Clone)]
pub(super) struct Cache {
    policy: JwksPolicy,
    loaded: Option<Loaded>,
    failure: Option<Failure>,
    /// When a set turned out not to have a `kid` that it was fetched for.
    unknown_kid_at: Option<Duration>,
    flight: Option<Flight>,
    /// How many fetches have started: they are numbered from one.
    flights: u64,
}

#[derive(Debug, Clone)]
struct Loaded {
    set: KeySet,
    /// The fetch that brought it.
    number: u64,
    /// When that fetch started: Clerk may have changed the set since.
    at: Duration,
    fresh_for: Duration,
    refresh_after: Duration,
}

#[derive(Debug, Clone)]
struct Flight {
    number: u64,
    since: Duration,
}

#[derive(Debug, Clone, Copy)]
enum Decision {
    Answer { start: Option<Cause> },
    Wait { start: Option<Cause>, at_most: Duration },
}

impl Cache {
    pub(super) fn new(policy: JwksPolicy) -> Self {
        Self {
            policy,
            loaded: None,
            failure: None,
            unknown_kid_at: None,
            flight: None,
            flights: 0,
        }
    }

    /// What to do for a token with this `kid`.
    pub(super) fn ask(&mut self, now: Duration, kid: &str) -> Plan {
        self.give_up_lost_flight(now);
        let found = self.loaded.as_ref().and_then(|loaded| loaded.set.get(kid));
        let decision = self.decide(now, found);
        let then = match decision {
            Decision::Answer { .. } => Some(self.answer(now, kid)),
            Decision::Wait { .. } => None,
        };
        self.plan(now, decision, then)
    }

    /// The key with this `kid` if it is there without waiting, and a fetch to start besides.
    pub(super) fn peek<T>(
        &mut self,
        now: Duration,
        kid: &str,
        look: impl FnOnce(&RsaVerifyingKey) -> T,
    ) -> Option<(T, Option<Takeoff>)> {
        self.give_up_lost_flight(now);
        let found = self.loaded.as_ref()?.set.get(kid)?;
        match (found, self.decide(now, Some(found))) {
            (Entry::Usable(key), Decision::Answer { start }) => {
                let seen = look(key);
                Some((seen, start.map(|cause| self.take_off(now, cause))))
            }
            _ => None,
        }
    }

    /// What to do for somebody who only wants keys to be there. The answer says nothing; ask for the [age](Self::age).
    pub(super) fn warm(&mut self, now: Duration) -> Plan {
        self.give_up_lost_flight(now);
        let any = self.loaded.as_ref().and_then(|loaded| loaded.set.any_usable());
        let decision = self.decide(now, any);
        let then = matches!(decision, Decision::Answer { .. }).then_some(Answer::UnknownKid);
        self.plan(now, decision, then)
    }

    /// The answer for a request that waited. `has_ended` says whether the fetch has ended.
    pub(super) fn after_wait(&mut self, now: Duration, kid: &str, has_ended: bool) -> Answer {
        let Some(loaded) = self
            .loaded
            .as_ref()
            .filter(|_| has_ended && self.failure.is_none())
        else {
            return self.answer(now, kid);
        };
        if let Some(entry) = loaded.set.get(kid) {
            return Answer::from(entry);
        }
        // Whatever the set was fetched for, this `kid` has had its look.
        if !self.is_cooling(now) {
            self.unknown_kid_at = Some(now);
        }
        Answer::UnknownKid
    }

    /// A fetch brought a set: it replaces the former one, unless that is newer or would leave nothing to check a
    /// signature with. `jitter` is between 0 and 1.
    pub(super) fn landed(
        &mut self,
        takeoff: &Takeoff,
        now: Duration,
        mut set: KeySet,
        jitter: f64,
    ) -> Landed {
        if self
            .loaded
            .as_ref()
            .is_some_and(|loaded| loaded.number > takeoff.number)
        {
            self.end(takeoff);
            return Landed::Outdated;
        }
        if !set.has_usable_key() && self.has_usable_key() {
            let failure = FetchFailure {
                reason: Reason::JwkRemoteFailedToLoad,
                retry_after: None,
            };
            self.failed(takeoff, now, &failure, jitter);
            return Landed::Refused;
        }
        if let Some(former) = &self.loaded {
            set.keep_from(&former.set);
        }
        // A set that is no use to anybody is not kept from being replaced.
        let fresh_for = match set.has_usable_key() {
            true => self.policy.fresh_for,
            false => self.policy.fresh_for.min(self.policy.cool_down),
        };
        self.loaded = Some(Loaded {
            set,
            number: takeoff.number,
            at: takeoff.since,
            fresh_for,
            refresh_after: self.policy.due_after(jitter),
        });
        self.end(takeoff);
        // Given up or not, this fetch went well. A later failure still counts.
        self.failure.take_if(|failure| failure.number <= takeoff.number);
        // Here and not with those who waited: they may have hung up by now.
        if takeoff.cause == Cause::UnknownKid {
            self.unknown_kid_at = Some(now);
        }
        Landed::Loaded
    }

    /// A fetch failed. That counts unless it was given up before. `jitter` is between 0 and 1.
    pub(super) fn failed(&mut self, takeoff: &Takeoff, now: Duration, failure: &FetchFailure, jitter: f64) {
        if self.end(takeoff).is_some() {
            self.count_failure(takeoff.number, now, failure, jitter);
        }
    }

    /// How old the set is.
    pub(super) fn age(&self, now: Duration) -> Age {
        match () {
            () if self.is_fresh(now) && self.has_usable_key() => Age::Fresh,
            () if self.is_usable(now) => Age::Stale,
            () => Age::Over,
        }
    }

    /// When the fetch started that brought the set.
    pub(super) fn loaded_at(&self) -> Option<Duration> {
        self.loaded.as_ref().map(|loaded| loaded.at)
    }

    /// Until when the usable keys of the set are answered with, and nothing is to be fetched because of them.
    pub(super) fn quiet_until(&self) -> Option<Duration> {
        let loaded = self.loaded.as_ref()?;
        Some(
            loaded
                .at
                .saturating_add(loaded.fresh_for.min(loaded.refresh_after)),
        )
    }

    /// The last failure, if no fetch succeeded since.
    pub(super) fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// Whether a set was fetched that no signature can be checked with.
    pub(super) fn lacks_usable_keys(&self) -> bool {
        self.loaded.is_some() && !self.has_usable_key()
    }

    fn plan(&mut self, now: Duration, decision: Decision, then: Option<Answer>) -> Plan {
        let (start, at_most) = match decision {
            Decision::Answer { start } => (start, Duration::ZERO),
            Decision::Wait { start, at_most } => (start, at_most),
        };
        let start = start.map(|cause| self.take_off(now, cause));
        let then = then.map_or_else(
            || Then::Wait {
                number: self.flights,
                at_most,
            },
            Then::Answer,
        );
        Plan { start, then }
    }

    fn decide(&self, now: Duration, found: Option<&Entry>) -> Decision {
        let may_start = self.flight.is_none() && !self.is_backing_off(now);
        let start = |cause| may_start.then_some(cause);
        let wait = |cause, at_most| match may_start || self.flight.is_some() {
            true => Decision::Wait {
                start: start(cause),
                at_most,
            },
            false => Decision::Answer { start: None },
        };
        if self.is_fresh(now) {
            return match found {
                Some(_) if self.is_due(now) => Decision::Answer {
                    start: start(Cause::Age),
                },
                Some(_) => Decision::Answer { start: None },
                None if self.is_cooling(now) => Decision::Answer { start: None },
                None => wait(Cause::UnknownKid, LONGEST_WAIT),
            };
        }
        if !self.is_usable(now) {
            return wait(Cause::Start, LONGEST_WAIT);
        }
        if !matches!(found, Some(Entry::Usable(_))) {
            return wait(Cause::Age, LONGEST_WAIT);
        }
        // A stale key. It may have been withdrawn, so a fetch that goes well is waited for. One that does not must not
        // hold up everybody, again and again.
        let patience = match &self.flight {
            _ if self.is_known_to_fail(now) => Duration::ZERO,
            Some(flight) => STALE_WAIT.saturating_sub(now.saturating_sub(flight.since)),
            None => STALE_WAIT,
        };
        match patience {
            Duration::ZERO => Decision::Answer {
                start: start(Cause::Age),
            },
            at_most => wait(Cause::Age, at_most),
        }
    }

    /// The answer from what is there: the last good set, as long as it is not too old.
    fn answer(&self, now: Duration, kid: &str) -> Answer {
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

    fn take_off(&mut self, now: Duration, cause: Cause) -> Takeoff {
        self.flights += 1;
        self.flight = Some(Flight {
            number: self.flights,
            since: now,
        });
        Takeoff {
            number: self.flights,
            since: now,
            cause,
            is_urgent: !self.is_usable(now),
        }
    }

    /// Ends the fetch if it is the one under way.
    fn end(&mut self, takeoff: &Takeoff) -> Option<Flight> {
        self.flight.take_if(|flight| flight.number == takeoff.number)
    }

    /// A task may never be run again, with a runtime that nobody drives. It must not keep the others from fetching.
    fn give_up_lost_flight(&mut self, now: Duration) {
        let is_lost = |flight: &mut Flight| now.saturating_sub(flight.since) >= LOST_AFTER;
        if let Some(flight) = self.flight.take_if(is_lost) {
            let at = flight.since.saturating_add(LOST_AFTER);
            self.count_failure(flight.number, at, &FetchFailure::LOST, 1.0);
        }
    }

    fn count_failure(&mut self, number: u64, now: Duration, failure: &FetchFailure, jitter: f64) {
        // Who has keys is in no hurry: Clerk, or what is left of it, is spared.
        let floor = match self.is_usable(now) {
            true => self.policy.cool_down,
            false => Duration::ZERO,
        };
        let former = self.failure.as_ref();
        self.failure = Some(Failure::after(
            former,
            failure,
            number,
            now,
            floor,
            jitter,
            &self.policy,
        ));
    }

    fn has_usable_key(&self) -> bool {
        self.loaded
            .as_ref()
            .is_some_and(|loaded| loaded.set.has_usable_key())
    }

    fn is_fresh(&self, now: Duration) -> bool {
        self.loaded
            .as_ref()
            .is_some_and(|loaded| now.saturating_sub(loaded.at) < loaded.fresh_for)
    }

    /// Whether the set still answers, but a newer one had better be fetched.
    fn is_due(&self, now: Duration) -> bool {
        self.loaded
            .as_ref()
            .is_some_and(|loaded| now.saturating_sub(loaded.at) >= loaded.refresh_after)
    }

    /// Whether there is a set that signatures may be checked with, fresh or not.
    fn is_usable(&self, now: Duration) -> bool {
        let limit = self.policy.fresh_for.max(self.policy.stale_for);
        let loaded = self.loaded.as_ref();
        self.has_usable_key() && loaded.is_some_and(|loaded| now.saturating_sub(loaded.at) < limit)
    }

    fn is_backing_off(&self, now: Duration) -> bool {
        self.failure
            .as_ref()
            .is_some_and(|failure| now < failure.retry_at)
    }

    /// Whether a fetch has failed lately. An older failure says nothing about now.
    fn is_known_to_fail(&self, now: Duration) -> bool {
        self.failure
            .as_ref()
            .is_some_and(|failure| now.saturating_sub(failure.at) < self.policy.fresh_for)
    }

    /// Whether the set was looked through for an unknown `kid` a moment ago.
    fn is_cooling(&self, now: Duration) -> bool {
        self.failure.is_none()
            && self
                .unknown_kid_at
                .is_some_and(|at| now.saturating_sub(at) < self.policy.cool_down)
    }
}

/// The longest that one request waits for a fetch.
const LONGEST_WAIT: Duration = Duration::from_secs(2);
/// The longest that it waits if it could be answered with a stale key.
const STALE_WAIT: Duration = Duration::from_secs(1);
/// How long after its start a fetch that says nothing is given up.
const LOST_AFTER: Duration = Duration::from_secs(10);
