use std::hash::{BuildHasher, RandomState};

/// Returns a random number from 0 up to but not including 1. Spreads the requests of several processes; not for secrets.
pub(super) fn random_fraction() -> f64 {
    (RandomState::new().hash_one(()) >> 11) as f64 / (1_u64 << 53) as f64
}
