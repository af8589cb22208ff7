//! Digests that were noted a short time ago.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use super::digest::Digest;

/// A set of digests, each of which is in it for a time after it was noted last. Pure: takes the time as an argument.
#[derive(Debug)]
pub(super) struct Recent {
    capacity: usize,
    lifetime: Duration,
    noted_at: HashMap<Digest, Duration>,
    /// The same, the oldest first.
    by_age: BTreeSet<(Duration, Digest)>,
}

impl Recent {
    /// Makes a set of at most `capacity` digests. While it is full, each new one takes the place of the oldest.
    pub(super) fn new(capacity: usize, lifetime: Duration) -> Self {
        Self {
            capacity,
            lifetime,
            noted_at: HashMap::new(),
            by_age: BTreeSet::new(),
        }
    }

    pub(super) fn contains(&self, now: Duration, digest: &Digest) -> bool {
        self.noted_at
            .get(digest)
            .is_some_and(|at| now.saturating_sub(*at) < self.lifetime)
    }

    pub(super) fn insert(&mut self, now: Duration, digest: Digest) {
        self.remove(&digest);
        while let Some((at, oldest)) = self.by_age.first().copied()
            && (self.by_age.len() >= self.capacity || now.saturating_sub(at) >= self.lifetime)
        {
            self.remove(&oldest);
        }
        self.noted_at.insert(digest, now);
        self.by_age.insert((now, digest));
    }

    pub(super) fn remove(&mut self, digest: &Digest) {
        if let Some(at) = self.noted_at.remove(digest) {
            self.by_age.remove(&(at, *digest));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn digest(number: u8) -> Digest {
        Digest([number; 32])
    }

    #[test]
    fn a_digest_is_in_it_for_its_time_after_it_was_noted_last() {
        let mut recent = Recent::new(10, at(60));
        assert!(!recent.contains(at(0), &digest(1)));
        recent.insert(at(0), digest(1));
        assert!(recent.contains(at(59), &digest(1)) && !recent.contains(at(60), &digest(1)));
        recent.insert(at(50), digest(1));
        assert!(recent.contains(at(109), &digest(1)) && !recent.contains(at(110), &digest(1)));
        assert!(!recent.contains(at(50), &digest(2)));
        recent.remove(&digest(1));
        assert!(!recent.contains(at(51), &digest(1)));
        assert!(recent.noted_at.is_empty() && recent.by_age.is_empty());
    }

    #[test]
    fn a_full_set_forgets_the_oldest_and_never_grows() {
        let mut recent = Recent::new(3, at(60));
        for number in 0..3 {
            recent.insert(at(u64::from(number)), digest(number));
        }
        recent.insert(at(3), digest(0));
        recent.insert(at(4), digest(9));
        assert!(!recent.contains(at(4), &digest(1)), "the oldest");
        for number in [0, 2, 9] {
            assert!(recent.contains(at(4), &digest(number)), "{number}");
        }
        for number in 0..=255 {
            recent.insert(at(5), digest(number));
            recent.insert(at(6), digest(number));
        }
        assert_eq!((recent.noted_at.len(), recent.by_age.len()), (3, 3));
        // What is over goes too, before there is no room.
        recent.insert(at(100), digest(1));
        assert_eq!((recent.noted_at.len(), recent.by_age.len()), (1, 1));
    }
}
