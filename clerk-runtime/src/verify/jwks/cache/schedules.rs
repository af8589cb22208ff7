//! An exhaustive search over the orders of events for a few requests.
//!
//! [`Cache`] makes all decisions, and the fetcher calls it under one lock. Threads can therefore only differ in the order of
//! these calls and of the notifications that wake waiting requests; the channels are tested by tokio. The search visits each
//! state once. A client that disconnects is a request without further events.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::tests::set;
use super::*;

#[test]
fn invariants_hold_in_every_order_of_events() {
    let mut states = 0;
    for jitter in [0.0, 1.0] {
        let sets = Sets {
            old: set(&["a"]),
            new: set(&["a", "b"]),
            jitter,
        };
        states += Explorer::new(&sets).explore(Simulation::new(0));
        states += Explorer::new(&sets).explore(Simulation::new(0).asking_twice());
        states += Explorer::new(&sets).explore(Simulation::with_old_set(&sets, 1).asking_twice());
        states += Explorer::new(&sets).explore(Simulation::new(0).abandoning());
        for age in [1, 299] {
            states += Explorer::new(&sets).explore(Simulation::with_old_set(&sets, age).abandoning());
        }
        for age in [1, 239, 299, 3599] {
            states += Explorer::new(&sets).explore(Simulation::with_old_set(&sets, age));
            let mut failing = Simulation::with_old_set(&sets, age);
            if failing.fail_once(&sets) {
                states += Explorer::new(&sets).explore(failing);
            }
        }
    }
    assert!(states > 100_000, "{states} states are too few to mean anything");
}

struct Sets {
    old: KeySet,
    new: KeySet,
    jitter: f64,
}

/// One state of the cache, its requests and its fetches.
#[derive(Clone)]
struct Simulation {
    cache: Cache,
    now: Duration,
    requests: Vec<(&'static str, Progress)>,
    /// Whether a request that has to wait asks again before it does, as one on its way through a layer.
    asks_twice: bool,
    fetches: Vec<(Fetch, Stage)>,
    /// The number of the latest fetch whose end the waiting requests were notified of.
    announced: u64,
    ticks_left: usize,
    /// Lets a runtime end in the middle of a fetch. One does, or the search would have no end.
    may_abandon: bool,
    unknown_kid_fetch_started: Option<Duration>,
    /// When a fetch failed while there were keys, if no fetch has succeeded since.
    failed: Option<Duration>,
}

#[derive(Debug, Clone, Copy, PartialEq, Hash)]
enum Progress {
    New,
    /// Has asked once and been told to wait for this fetch. It asks again before it waits.
    Asked {
        number: u64,
    },
    Waiting {
        number: u64,
        until: Duration,
    },
    Done,
}

#[derive(Debug, Clone, Copy, PartialEq, Hash)]
enum Stage {
    InFlight,
    Ended,
    Announced,
}

/// A possible next event.
#[derive(Debug, Clone, Copy)]
enum Event {
    Lookup(usize),
    Wake(usize),
    TimeOut(usize),
    Complete(usize, Outcome),
    Announce(usize),
    Tick(Duration),
}

#[derive(Debug, Clone, Copy)]
enum Outcome {
    Old,
    New,
    /// An error, or a transport that panicked.
    Failure,
    /// The runtime of the task ended.
    Abandoned,
}

impl Simulation {
    fn new(seconds: u64) -> Self {
        Self {
            cache: Cache::new(JwksPolicy::default()),
            now: Duration::from_secs(seconds),
            // "a" is in both sets, "b" only in the new one.
            requests: ["a", "b", "b"].map(|kid| (kid, Progress::New)).to_vec(),
            asks_twice: false,
            fetches: Vec::new(),
            announced: 0,
            ticks_left: 2,
            may_abandon: false,
            unknown_kid_fetch_started: None,
            failed: None,
        }
    }

    /// Two requests in place of three, each of which asks twice.
    fn asking_twice(mut self) -> Self {
        self.requests.truncate(2);
        self.asks_twice = true;
        self
    }

    /// Two requests, and a runtime that ends in the middle of a fetch at any time.
    fn abandoning(mut self) -> Self {
        self.requests.truncate(2);
        self.may_abandon = true;
        self
    }

    fn with_old_set(sets: &Sets, age: u64) -> Self {
        let mut simulation = Self::new(0);
        let fetch = simulation
            .cache
            .ensure_loaded(simulation.now)
            .fetch
            .expect("a first fetch");
        simulation
            .cache
            .complete(&fetch, simulation.now, sets.old.clone(), 0.5);
        simulation.announced = fetch.number;
        simulation.now = Duration::from_secs(age);
        simulation
    }

    /// Lets a fetch fail now. Returns `false` if none is due.
    fn fail_once(&mut self, sets: &Sets) -> bool {
        let Some(fetch) = self.cache.lookup(self.now, "b").fetch else {
            return false;
        };
        self.fetches.push((fetch, Stage::InFlight));
        self.apply(Event::Complete(0, Outcome::Failure), sets);
        self.apply(Event::Announce(0), sets);
        true
    }

    fn events(&self) -> Vec<Event> {
        let mut events = Vec::new();
        for (index, (_, progress)) in self.requests.iter().enumerate() {
            match progress {
                Progress::New | Progress::Asked { .. } => events.push(Event::Lookup(index)),
                Progress::Waiting { number, until } => {
                    if self.announced >= *number {
                        events.push(Event::Wake(index));
                    }
                    if self.now >= *until {
                        events.push(Event::TimeOut(index));
                    }
                }
                Progress::Done => {}
            }
        }
        for (index, (_, stage)) in self.fetches.iter().enumerate() {
            match stage {
                Stage::InFlight => {
                    let mut outcomes = vec![Outcome::Old, Outcome::New, Outcome::Failure];
                    outcomes.extend(self.may_abandon.then_some(Outcome::Abandoned));
                    events.extend(
                        outcomes
                            .into_iter()
                            .map(|outcome| Event::Complete(index, outcome)),
                    );
                }
                Stage::Ended => events.push(Event::Announce(index)),
                Stage::Announced => {}
            }
        }
        if self.ticks_left > 0 {
            events.extend([1, 10].map(|seconds| Event::Tick(Duration::from_secs(seconds))));
        }
        events
    }

    fn apply(&mut self, event: Event, sets: &Sets) {
        let now = self.now;
        match event {
            Event::Lookup(index) => self.lookup(index),
            Event::Wake(index) => self.wake(index),
            Event::TimeOut(index) => self.time_out(index),
            Event::Complete(index, outcome) => self.complete(index, outcome, sets),
            Event::Announce(index) => {
                self.fetches[index].1 = Stage::Announced;
                self.announced = self.announced.max(self.fetches[index].0.number);
            }
            Event::Tick(time) => {
                self.now = now + time;
                self.ticks_left -= 1;
            }
        }
    }

    fn lookup(&mut self, index: usize) {
        let (kid, now) = (self.requests[index].0, self.now);
        let had_key = self.has_usable_key(kid);
        let failed_lately = self.cache.is_known_to_fail(now);
        let was_asked = self.requests[index].1;
        let instruction = self.cache.lookup(now, kid);
        if let Some(fetch) = instruction.fetch {
            self.check_fetch(&fetch);
            if let Progress::Asked { number } = was_asked {
                self.check_second_fetch(number);
            }
            self.fetches.push((fetch, Stage::InFlight));
        }
        self.requests[index].1 = match instruction.action {
            Action::Answer(answer) => {
                self.check_answer(kid, &answer);
                Progress::Done
            }
            Action::Wait { number, at_most } => {
                assert!(!had_key || !failed_lately, "{kid} waits in vain");
                assert!(at_most <= self.cache.policy.wait_for_keys);
                match was_asked {
                    Progress::New if self.asks_twice => Progress::Asked { number },
                    _ => Progress::Waiting {
                        number,
                        until: now + at_most,
                    },
                }
            }
        };
    }

    fn wake(&mut self, index: usize) {
        let (kid, progress) = self.requests[index];
        let Progress::Waiting { number, until } = progress else {
            panic!("{kid} does not wait");
        };
        let was_abandoned = self.cache.was_abandoned(number);
        let instruction = self.cache.after_wait(self.now, kid, number);
        if let Some(fetch) = instruction.fetch {
            assert!(
                was_abandoned,
                "{kid} fetches after a fetch that has told something"
            );
            self.check_fetch(&fetch);
            self.fetches.push((fetch, Stage::InFlight));
        }
        self.requests[index].1 = match instruction.action {
            Action::Answer(answer) => {
                self.check_answer(kid, &answer);
                Progress::Done
            }
            Action::Wait { number, .. } => {
                assert!(was_abandoned, "{kid} waits twice");
                // The whole wait is limited, not each part of it.
                Progress::Waiting { number, until }
            }
        };
    }

    fn time_out(&mut self, index: usize) {
        let kid = self.requests[index].0;
        let answer = self.cache.answer(self.now, kid);
        self.check_answer(kid, &answer);
        self.requests[index].1 = Progress::Done;
    }

    fn complete(&mut self, index: usize, outcome: Outcome, sets: &Sets) {
        let now = self.now;
        let fetch = self.fetches[index].0.clone();
        let former = self.loaded_number();
        let was_stuck = self
            .cache
            .in_flight
            .as_ref()
            .is_none_or(|in_flight| in_flight.number != fetch.number);
        let set = match outcome {
            Outcome::Old => Some(&sets.old),
            Outcome::New => Some(&sets.new),
            Outcome::Failure | Outcome::Abandoned => None,
        };
        match set {
            None if matches!(outcome, Outcome::Abandoned) => {
                self.may_abandon = false;
                let failure = self.cache.failure().map(|failure| failure.number);
                self.cache.abandon(&fetch);
                let now = self.cache.failure().map(|failure| failure.number);
                assert_eq!(now, failure, "an abandoned fetch says nothing about Clerk");
            }
            Some(set) => {
                let outcome = self.cache.complete(&fetch, now, set.clone(), sets.jitter);
                assert_eq!(outcome == FetchOutcome::Outdated, fetch.number < former);
                if self.cache.failure.is_none() {
                    self.failed = None;
                }
                if outcome == FetchOutcome::Loaded && fetch.reason == FetchReason::UnknownKid {
                    self.unknown_kid_fetch_started = Some(fetch.started_at);
                }
            }
            None => {
                let had_keys = self.cache.is_usable(now);
                self.cache
                    .fail(&fetch, now, &FetchFailure::INCOMPLETE, sets.jitter);
                if !was_stuck && had_keys {
                    self.failed = Some(now);
                }
            }
        }
        assert!(self.loaded_number() >= former, "an old set replaced a newer one");
        self.fetches[index].1 = Stage::Ended;
    }

    fn check_fetch(&self, fetch: &Fetch) {
        let cool_down = self.cache.policy.cool_down;
        let is_too_soon = |since: Option<Duration>| since.is_some_and(|since| self.now - since < cool_down);
        assert!(
            fetch.reason != FetchReason::UnknownKid || !is_too_soon(self.unknown_kid_fetch_started),
            "two fetches for unknown kids within the cool-down"
        );
        assert!(
            fetch.is_urgent || !is_too_soon(self.failed),
            "a fetch within the cool-down after a failure"
        );
    }

    /// Checks a fetch that a request starts with its second question, after it was told to wait for another one.
    fn check_second_fetch(&self, number: u64) {
        let loaded = self.cache.loaded.as_ref();
        let is_young = |loaded: &Loaded| self.now - loaded.at < self.cache.policy.cool_down;
        assert!(
            !loaded.is_some_and(|loaded| loaded.number >= number && is_young(loaded))
                || self.cache.failure.is_some(),
            "two fetches for one request"
        );
    }

    fn check_answer(&self, kid: &str, answer: &Answer) {
        let has_key = self.has_usable_key(kid);
        match answer {
            Answer::Key(_) => assert!(has_key, "{kid} is not in the latest set"),
            Answer::UnknownKid => assert!(!has_key && kid == "b", "{kid} is in the latest set"),
            Answer::Unavailable { .. } => assert!(!has_key, "{kid} could have been used"),
            Answer::Unusable => panic!("no set has an unusable key"),
        }
    }

    fn check(&self) {
        let is_awaited = |(fetch, stage): &&(Fetch, Stage)| {
            *stage == Stage::InFlight && self.now - fetch.started_at < self.cache.stuck_after()
        };
        assert!(
            self.fetches.iter().filter(is_awaited).count() <= 1,
            "two fetches at a time"
        );
        for (kid, progress) in &self.requests {
            let Progress::Waiting { number, .. } = progress else {
                continue;
            };
            let will_be_announced = self
                .fetches
                .iter()
                .any(|(fetch, stage)| fetch.number == *number && *stage != Stage::Announced);
            assert!(
                self.announced >= *number || will_be_announced,
                "{kid} waits for nothing"
            );
        }
    }

    fn has_usable_key(&self, kid: &str) -> bool {
        let loaded = self.cache.loaded.as_ref();
        self.cache.is_usable(self.now) && loaded.is_some_and(|loaded| loaded.set.get(kid).is_some())
    }

    fn loaded_number(&self) -> u64 {
        self.cache.loaded.as_ref().map_or(0, |loaded| loaded.number)
    }

    /// Hashes everything that can influence later states.
    fn fingerprint(&self) -> u64 {
        let cache = &self.cache;
        let mut hasher = DefaultHasher::new();
        let loaded = cache.loaded.as_ref();
        loaded
            .map(|loaded| (loaded.number, loaded.at, loaded.set.len()))
            .hash(&mut hasher);
        format!(
            "{:?} {:?} {:?} {:?} {}",
            cache.failure, cache.in_flight, cache.unknown_kid_at, cache.awaited, cache.has_waited_in_vain
        )
        .hash(&mut hasher);
        (cache.fetches_started, self.now, self.announced, self.ticks_left).hash(&mut hasher);
        // Requests for the same key are interchangeable.
        let mut requests: Vec<_> = self
            .requests
            .iter()
            .map(|request| format!("{request:?}"))
            .collect();
        requests.sort();
        (
            requests,
            self.unknown_kid_fetch_started,
            self.failed,
            self.may_abandon,
        )
            .hash(&mut hasher);
        for (fetch, stage) in &self.fetches {
            (fetch.number, fetch.started_at, fetch.reason as u8, stage).hash(&mut hasher);
        }
        hasher.finish()
    }
}

struct Explorer<'a> {
    sets: &'a Sets,
    seen: HashSet<u64>,
    /// The events that lead to the current state, printed if an invariant is violated.
    path: Vec<Event>,
}

impl<'a> Explorer<'a> {
    fn new(sets: &'a Sets) -> Self {
        Self {
            sets,
            seen: HashSet::new(),
            path: Vec::new(),
        }
    }

    fn explore(mut self, start: Simulation) -> usize {
        self.visit(&start);
        self.seen.len()
    }

    fn visit(&mut self, simulation: &Simulation) {
        simulation.check();
        if !self.seen.insert(simulation.fingerprint()) {
            return;
        }
        for event in simulation.events() {
            let mut next = simulation.clone();
            self.path.push(event);
            next.apply(event, self.sets);
            self.visit(&next);
            self.path.pop();
        }
    }
}

impl Drop for Explorer<'_> {
    #[allow(clippy::print_stderr)]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("by way of {:?}", self.path);
        }
    }
}
