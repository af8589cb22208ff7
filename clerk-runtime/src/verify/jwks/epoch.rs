use std::sync::atomic::AtomicU64;
#[cfg(feature = "network")]
use std::{sync::atomic::Ordering, time::Duration};

/// A lock-free check that the key set has not changed and is not due for a refresh. Most requests carry a token whose key
/// was in the set a moment ago.
#[cfg(feature = "network")]
#[derive(Debug, Default)]
pub(super) struct KeySetEpoch {
    /// The number of the current set, from one.
    generation: AtomicU64,
    /// The end of the epoch, in nanoseconds of the monotonic clock.
    until: AtomicU64,
}

/// The epoch in which a key was last in the set.
#[derive(Debug, Default)]
pub(crate) struct EpochStamp(#[cfg_attr(not(feature = "network"), expect(dead_code))] AtomicU64);

#[cfg(feature = "network")]
impl KeySetEpoch {
    /// Starts the epoch of a new set, which lasts until `until`. Only called while the cache is locked.
    ///
    /// The order of the stores matters: a thread that reads the new time also reads the new number.
    pub(super) fn advance(&self, until: Duration) {
        self.generation.fetch_add(1, Ordering::AcqRel);
        let until = u64::try_from(until.as_nanos()).unwrap_or(u64::MAX);
        self.until.store(until, Ordering::Release);
    }

    /// Returns whether the stamp is of the current epoch and the epoch has not ended.
    pub(super) fn is_current(&self, now: Duration, epoch_stamp: &EpochStamp) -> bool {
        let until = self.until.load(Ordering::Acquire);
        let generation = self.generation.load(Ordering::Acquire);
        now.as_nanos() < u128::from(until) && epoch_stamp.0.load(Ordering::Relaxed) == generation
    }

    /// Stamps a key that is in the current set. Only called while the cache is locked.
    pub(super) fn stamp(&self, epoch_stamp: &EpochStamp) {
        epoch_stamp
            .0
            .store(self.generation.load(Ordering::Acquire), Ordering::Relaxed);
    }
}

#[cfg(all(test, feature = "network"))]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_current_until_the_epoch_ends() {
        let (epoch, epoch_stamp) = (KeySetEpoch::default(), EpochStamp::default());
        let is_current = |seconds| epoch.is_current(Duration::from_secs(seconds), &epoch_stamp);
        assert!(!is_current(0));
        epoch.advance(Duration::from_secs(240));
        assert!(!is_current(0));
        epoch.stamp(&epoch_stamp);
        assert!(is_current(0) && is_current(239) && !is_current(240));
        epoch.advance(Duration::from_secs(480));
        assert!(!is_current(0) && !is_current(241));
        epoch.stamp(&epoch_stamp);
        assert!(is_current(241) && !is_current(480));
    }
}
