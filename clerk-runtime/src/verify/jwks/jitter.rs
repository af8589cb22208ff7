use std::hash::{BuildHasher, RandomState};

/// At least 0 and below 1. Randomness enough to keep processes apart; nothing secret depends on it.
pub(super) fn random_fraction() -> f64 {
    (RandomState::new().hash_one(()) >> 11) as f64 / (1_u64 << 53) as f64
}
