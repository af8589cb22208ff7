//! Every order of events for a few requests, by exhaustion.
//!
//! All that decides is in [`Cache`], and the driver calls it under one lock. So what threads can do to each other is the
//! order of these calls, and of the announcements that wake those who wait; tokio checks its channels itself. Each state
//! is visited once, whichever orders lead to it. A client that hangs up is a request that nothing more happens to.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::tests::set;
use super::*;

#[test]
fn no_order_of_events_breaks_a_promise() {
    let mut states = 0;
    for jitter in [0.0, 1.0] {
        let sets = Sets {
            old: set(&["a"]),
            new: set(&["a", "b"]),
            jitter,
        };
        states += Explorer::new(&sets).explore(World::new(0));
        for age in [1, 239, 299, 3599] {
            states += Explorer::new(&sets).explore(World::with_old_set(&sets, age));
            let mut failing = World::with_old_set(&sets, age);
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

/// One state of everything that takes part.
#[derive(Clone)]
struct World {
    cache: Cache,
    now: Duration,
    requests: Vec<(&'static str, Progress)>,
    flights: Vec<(Takeoff, Stage)>,
    /// The number of the latest fetch whose end was announced.
    announced: u64,
    ticks_left: usize,
    unknown_kid_fetch_ended: Option<Duration>,
    /// When a fetch failed while there were keys, if none succeeded since.
    failed: Option<Duration>,
}

#[derive(Debug, Clone, Copy, PartialEq, Hash)]
enum Progress {
    New,
    Waiting { number: u64, until: Duration },
    Over,
}

#[derive(Debug, Clone, Copy, PartialEq, Hash)]
enum Stage {
    InTheAir,
    Ended,
    Announced,
}

/// What may happen next.
#[derive(Debug, Clone, Copy)]
enum Event {
    Ask(usize),
    Wake(usize),
    TimeOut(usize),
    Land(usize, Outcome),
    Announce(usize),
    Tick(Duration),
}

#[derive(Debug, Clone, Copy)]
enum Outcome {
    Old,
    New,
    /// An error, or a task that is lost.
    Failure,
}

impl World {
    fn new(seconds: u64) -> Self {
        Self {
            cache: Cache::new(JwksPolicy::default()),
            now: Duration::from_secs(seconds),
            // One key that all sets have, and one that only the new set has.
            requests: ["a", "b", "b"].map(|kid| (kid, Progress::New)).to_vec(),
            flights: Vec::new(),
            announced: 0,
            ticks_left: 2,
            unknown_kid_fetch_ended: None,
            failed: None,
        }
    }

    fn with_old_set(sets: &Sets, age: u64) -> Self {
        let mut world = Self::new(0);
        let takeoff = world.cache.warm(world.now).start.expect("a first fetch");
        world.cache.landed(&takeoff, world.now, sets.old.clone(), 0.5);
        world.announced = takeoff.number;
        world.now = Duration::from_secs(age);
        world
    }

    /// A fetch that failed just now; `false` if none is due.
    fn fail_once(&mut self, sets: &Sets) -> bool {
        let Some(takeoff) = self.cache.ask(self.now, "b").start else {
            return false;
        };
        self.flights.push((takeoff, Stage::InTheAir));
        self.apply(Event::Land(0, Outcome::Failure), sets);
        self.apply(Event::Announce(0), sets);
        true
    }

    fn events(&self) -> Vec<Event> {
        let mut events = Vec::new();
        for (index, (_, progress)) in self.requests.iter().enumerate() {
            match progress {
                Progress::New => events.push(Event::Ask(index)),
                Progress::Waiting { number, until } => {
                    if self.announced >= *number {
                        events.push(Event::Wake(index));
                    }
                    if self.now >= *until {
                        events.push(Event::TimeOut(index));
                    }
                }
                Progress::Over => {}
            }
        }
        for (index, (_, stage)) in self.flights.iter().enumerate() {
            match stage {
                Stage::InTheAir => events.extend(
                    [Outcome::Old, Outcome::New, Outcome::Failure].map(|outcome| Event::Land(index, outcome)),
                ),
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
            Event::Ask(index) => self.ask(index),
            Event::Wake(index) => self.answer_after_wait(index, true),
            Event::TimeOut(index) => self.answer_after_wait(index, false),
            Event::Land(index, outcome) => self.land(index, outcome, sets),
            Event::Announce(index) => {
                self.flights[index].1 = Stage::Announced;
                self.announced = self.announced.max(self.flights[index].0.number);
            }
            Event::Tick(time) => {
                self.now = now + time;
                self.ticks_left -= 1;
            }
        }
    }

    fn ask(&mut self, index: usize) {
        let (kid, now) = (self.requests[index].0, self.now);
        let had_key = self.has_usable_key(kid);
        let failed_lately = self.cache.is_known_to_fail(now);
        let plan = self.cache.ask(now, kid);
        if let Some(takeoff) = plan.start {
            self.check_takeoff(&takeoff);
            self.flights.push((takeoff, Stage::InTheAir));
        }
        self.requests[index].1 = match plan.then {
            Then::Answer(answer) => {
                self.check_answer(kid, &answer);
                Progress::Over
            }
            Then::Wait { number, at_most } => {
                assert!(
                    !had_key || (at_most <= STALE_WAIT && !failed_lately),
                    "{kid} waits in vain"
                );
                assert!(at_most <= LONGEST_WAIT);
                Progress::Waiting {
                    number,
                    until: now + at_most,
                }
            }
        };
    }

    fn answer_after_wait(&mut self, index: usize, has_ended: bool) {
        let kid = self.requests[index].0;
        let answer = self.cache.after_wait(self.now, kid, has_ended);
        self.check_answer(kid, &answer);
        self.requests[index].1 = Progress::Over;
    }

    fn land(&mut self, index: usize, outcome: Outcome, sets: &Sets) {
        let now = self.now;
        let takeoff = self.flights[index].0.clone();
        let former = self.loaded_number();
        let was_given_up = self
            .cache
            .flight
            .as_ref()
            .is_none_or(|flight| flight.number != takeoff.number);
        let set = match outcome {
            Outcome::Old => Some(&sets.old),
            Outcome::New => Some(&sets.new),
            Outcome::Failure => None,
        };
        match set {
            Some(set) => {
                let landed = self.cache.landed(&takeoff, now, set.clone(), sets.jitter);
                assert_eq!(landed == Landed::Outdated, takeoff.number < former);
                if self.cache.failure.is_none() {
                    self.failed = None;
                }
                if landed == Landed::Loaded && takeoff.cause == Cause::UnknownKid {
                    self.unknown_kid_fetch_ended = Some(now);
                }
            }
            None => {
                let had_keys = self.cache.is_usable(now);
                self.cache.failed(&takeoff, now, &FetchFailure::LOST, sets.jitter);
                if !was_given_up && had_keys {
                    self.failed = Some(now);
                }
            }
        }
        assert!(self.loaded_number() >= former, "an old set replaced a newer one");
        self.flights[index].1 = Stage::Ended;
    }

    fn check_takeoff(&self, takeoff: &Takeoff) {
        let cool_down = self.cache.policy.cool_down;
        let is_too_soon = |since: Option<Duration>| since.is_some_and(|since| self.now - since < cool_down);
        assert!(
            takeoff.cause != Cause::UnknownKid || !is_too_soon(self.unknown_kid_fetch_ended),
            "two fetches for unknown kids within the cool-down"
        );
        assert!(
            takeoff.is_urgent || !is_too_soon(self.failed),
            "a fetch within the cool-down after a failure"
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
        let is_awaited = |(takeoff, stage): &&(Takeoff, Stage)| {
            *stage == Stage::InTheAir && self.now - takeoff.since < LOST_AFTER
        };
        assert!(
            self.flights.iter().filter(is_awaited).count() <= 1,
            "two fetches at a time"
        );
        for (kid, progress) in &self.requests {
            let Progress::Waiting { number, .. } = progress else {
                continue;
            };
            let will_be_announced = self
                .flights
                .iter()
                .any(|(takeoff, stage)| takeoff.number == *number && *stage != Stage::Announced);
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

    /// Tells states apart by all that can matter later.
    fn fingerprint(&self) -> u64 {
        let cache = &self.cache;
        let mut hasher = DefaultHasher::new();
        let loaded = cache.loaded.as_ref();
        loaded
            .map(|loaded| (loaded.number, loaded.at, loaded.set.len()))
            .hash(&mut hasher);
        format!(
            "{:?} {:?} {:?}",
            cache.failure, cache.flight, cache.unknown_kid_at
        )
        .hash(&mut hasher);
        (cache.flights, self.now, self.announced, self.ticks_left).hash(&mut hasher);
        // Requests for the same key are interchangeable.
        let mut requests: Vec<_> = self
            .requests
            .iter()
            .map(|request| format!("{request:?}"))
            .collect();
        requests.sort();
        (requests, self.unknown_kid_fetch_ended, self.failed).hash(&mut hasher);
        for (takeoff, stage) in &self.flights {
            (takeoff.number, takeoff.since, takeoff.cause as u8, stage).hash(&mut hasher);
        }
        hasher.finish()
    }
}

struct Explorer<'a> {
    sets: &'a Sets,
    seen: HashSet<u64>,
    /// The way to the state at hand, for whoever has to find out how a promise was broken.
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

    fn explore(mut self, start: World) -> usize {
        self.visit(&start);
        self.seen.len()
    }

    fn visit(&mut self, world: &World) {
        world.check();
        if !self.seen.insert(world.fingerprint()) {
            return;
        }
        for event in world.events() {
            let mut next = world.clone();
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
