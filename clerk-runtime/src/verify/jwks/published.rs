//! The keys that an instance publishes, to be compared with others. No token is verified with them.

use serde_json::Value;

use super::key_set::{Entry, KeySet};
use crate::key::RsaVerifyingKey;

/// The keys that an instance publishes.
pub(crate) struct PublishedKeys(KeySet);

impl PublishedKeys {
    pub(crate) fn from_keys(keys: &[Value]) -> Self {
        Self(KeySet::from_keys(keys))
    }

    /// Returns whether one of them can check signatures.
    pub(crate) fn has_usable_key(&self) -> bool {
        self.0.has_usable_key()
    }

    /// Returns whether this key is among them.
    pub(crate) fn has(&self, key: &RsaVerifyingKey) -> bool {
        self.0
            .entries()
            .any(|entry| matches!(entry, Entry::Usable(published) if published == key))
    }

    /// Returns whether two sets have a key in common.
    pub(crate) fn have_one_in_common(&self, other: &Self) -> bool {
        other
            .0
            .entries()
            .any(|entry| matches!(entry, Entry::Usable(key) if self.has(key)))
    }
}
