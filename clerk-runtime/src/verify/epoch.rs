use std::sync::atomic::AtomicU64;
#[cfg(feature = "network")]
use std::{sync::atomic::Ordering, time::Duration};

/// The time in which nothing has to be decided about the key set, told without a lock: most requests have a token whose
/// key was in it a moment ago.
#[cfg(feature = "network")]
#[derive(Debug, Default)]
pub(super) struct KeySetEpoch {
    /// Counts the sets, from one.
    generation: AtomicU64,
    /// In nanoseconds of the monotonic clock.
    until: AtomicU64,
}

/// The set that a key was seen in last.
#[derive(Debug, Default)]
pub(crate) struct EpochStamp(#[cfg_attr(not(feature = "network"), expect(dead_code))] AtomicU64);

#[cfg(feature = "network")]
impl KeySetEpoch {
    /// There is another set, and nothing to do about it until then. Only called while the cache is locked.
    ///
    /// The order matters: whoever reads the new time reads the new number too.
    pub(super) fn advance(&self, until: Duration) {
        self.generation.fetch_add(1, Ordering::AcqRel);
        let until = u64::try_from(until.as_nanos()).unwrap_or(u64::MAX);
        self.until.store(until, Ordering::Release);
    }

    /// Whether the set in which a key was seen is still the one, and nothing has to be decided.
    pub(super) fn is_current(&self, now: Duration, epoch_stamp: &EpochStamp) -> bool {
        let until = self.until.load(Ordering::Acquire);
        let generation = self.generation.load(Ordering::Acquire);
        now.as_nanos() < u128::from(until) && epoch_stamp.0.load(Ordering::Relaxed) == generation
    }

    /// A key is in the present set. Only called while the cache is locked.
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
    fn it_lasts_for_keys_of_the_present_set_until_its_end() {
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
