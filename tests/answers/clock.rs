//! Time that stands still until the program moves it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use clerk_runtime::clock::Clock;

/// The moment that the corpus starts at, Unix seconds.
pub(crate) const START: i64 = 1_767_225_600;

#[derive(Debug, Clone)]
pub(crate) struct FixedClock(Arc<AtomicI64>);

impl FixedClock {
    pub(crate) fn new(unix_millis: i64) -> Self {
        Self(Arc::new(AtomicI64::new(unix_millis)))
    }

    pub(crate) fn set(&self, unix_millis: i64) {
        self.0.store(unix_millis, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn unix_millis(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    fn monotonic(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.unix_millis()).unwrap_or(0))
    }
}
