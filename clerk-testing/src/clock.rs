use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use clerk_runtime::clock::{Clock, SystemClock};

/// The clock of a [`LocalInstance`](crate::LocalInstance), which tests move.
///
/// It starts at the real time and follows it until it is [frozen](Self::freeze). Clones are the same clock.
#[derive(Debug, Clone)]
pub struct TestClock(Arc<Mutex<Reading>>);

impl TestClock {
    /// A running clock that shows the real time.
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(Reading {
            unix_millis: SystemClock.unix_millis(),
            monotonic: Duration::ZERO,
            running_since: Some(Instant::now()),
        })))
    }

    /// Moves wall-clock and monotonic time forward, as if `by` had passed.
    pub fn advance(&self, by: Duration) {
        let mut reading = self.reading();
        reading.settle();
        reading.pass(by);
    }

    /// Sets the wall clock, in milliseconds since 1970-01-01T00:00:00Z, also backwards.
    ///
    /// Monotonic time is left alone, as when somebody corrects the clock of a server.
    pub fn set_unix_millis(&self, millis: i64) {
        let mut reading = self.reading();
        reading.settle();
        reading.unix_millis = millis;
    }

    /// Stops the clock where it is. It can still be moved by hand.
    pub fn freeze(&self) {
        let mut reading = self.reading();
        reading.settle();
        reading.running_since = None;
    }

    /// Lets a frozen clock run on from where it stands.
    pub fn resume(&self) {
        let mut reading = self.reading();
        reading.settle();
        reading.running_since = Some(Instant::now());
    }

    pub(crate) fn unix_seconds(&self) -> i64 {
        self.unix_millis().div_euclid(1000)
    }

    fn reading(&self) -> MutexGuard<'_, Reading> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for TestClock {
    fn unix_millis(&self) -> i64 {
        let mut reading = self.reading();
        reading.settle();
        reading.unix_millis
    }

    fn monotonic(&self) -> Duration {
        let mut reading = self.reading();
        reading.settle();
        reading.monotonic
    }
}

impl Default for TestClock {
    fn default() -> Self {
        Self::new()
    }
}

#[derive(Debug)]
struct Reading {
    unix_millis: i64,
    monotonic: Duration,
    running_since: Option<Instant>,
}

impl Reading {
    /// Adds the real time that went by. Whole milliseconds only: the rest is counted the next time.
    fn settle(&mut self) {
        if let Some(since) = self.running_since {
            let whole = Duration::from_millis(u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX));
            self.running_since = since.checked_add(whole).or(Some(since));
            self.pass(whole);
        }
    }

    fn pass(&mut self, time: Duration) {
        let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        self.unix_millis = self.unix_millis.saturating_add(millis);
        self.monotonic = self.monotonic.saturating_add(time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_at_the_real_time_and_follows_it() {
        let clock = TestClock::new();
        assert!((SystemClock.unix_millis() - clock.unix_millis()).abs() < 1000);
        let (wall, monotonic) = (clock.unix_millis(), clock.monotonic());
        std::thread::sleep(Duration::from_millis(15));
        assert!(clock.unix_millis() >= wall + 10);
        assert!(clock.monotonic() >= monotonic + Duration::from_millis(10));
    }

    #[test]
    fn frozen_it_moves_only_by_hand() {
        let clock = TestClock::new();
        clock.freeze();
        let (wall, monotonic) = (clock.unix_millis(), clock.monotonic());
        std::thread::sleep(Duration::from_millis(5));
        assert_eq!((clock.unix_millis(), clock.monotonic()), (wall, monotonic));
        clock.clone().advance(Duration::from_secs(90));
        assert_eq!(clock.unix_millis(), wall + 90_000);
        assert_eq!(clock.monotonic(), monotonic + Duration::from_secs(90));
        clock.resume();
        std::thread::sleep(Duration::from_millis(5));
        assert!(clock.unix_millis() > wall + 90_000);
    }

    #[test]
    fn setting_the_wall_clock_leaves_monotonic_time_alone() {
        let clock = TestClock::new();
        clock.freeze();
        let monotonic = clock.monotonic();
        clock.set_unix_millis(1_767_225_600_000);
        assert_eq!(clock.unix_seconds(), 1_767_225_600);
        assert_eq!(clock.monotonic(), monotonic);
        clock.set_unix_millis(-1);
        assert_eq!(clock.unix_seconds(), -1);
    }

    #[test]
    fn absurd_steps_stay_at_the_end_of_time() {
        let clock = TestClock::new();
        clock.advance(Duration::MAX);
        clock.advance(Duration::MAX);
        assert_eq!(clock.unix_millis(), i64::MAX);
    }
}
