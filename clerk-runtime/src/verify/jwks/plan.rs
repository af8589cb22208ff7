//! The input and output types of the [cache](super::cache).

use std::time::Duration;

use super::key_set::Entry;
use crate::key::RsaVerifyingKey;
use crate::token::TokenVerificationErrorReason as Reason;

/// The reason for a fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FetchReason {
    /// There is no set that may be used.
    NoKeys,
    /// The set is due for a refresh.
    Age,
    /// A token names a key that is not in the set.
    UnknownKid,
}

/// A fetch to start. It ends with `Cache::complete` or `Cache::fail`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "the caller has to start this fetch"]
pub(super) struct Fetch {
    pub(super) number: u64,
    pub(super) started_at: Duration,
    pub(super) reason: FetchReason,
    /// Whether no request can be answered until the fetch succeeds, which makes retries worthwhile.
    pub(super) is_urgent: bool,
    /// The maximum duration of the fetch, retries included.
    pub(super) deadline: Duration,
}

/// The instruction for a caller that looks up a key.
#[derive(Debug)]
pub(super) struct Instruction {
    /// A fetch to start first.
    pub(super) fetch: Option<Fetch>,
    pub(super) action: Action,
}

impl Instruction {
    pub(super) fn answer(answer: Answer) -> Self {
        Self {
            fetch: None,
            action: Action::Answer(answer),
        }
    }
}

#[derive(Debug)]
pub(super) enum Action {
    Answer(Answer),
    /// Wait for the end of this fetch, but not longer than `at_most`, and then call
    /// [`after_wait`](super::cache::Cache::after_wait), or [`answer`](super::cache::Cache::answer) if it has not ended.
    Wait {
        number: u64,
        at_most: Duration,
    },
}

/// The answer of the key set for a `kid`.
#[derive(Debug)]
pub(super) enum Answer {
    Key(RsaVerifyingKey),
    Unusable,
    UnknownKid,
    Unavailable { reason: Reason, retry_after: Duration },
}

/// The outcome of a fetch that returned a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FetchOutcome {
    Loaded,
    /// The set has no usable key, so the former set stays.
    Refused,
    /// A later fetch has completed before.
    Outdated,
}

/// The freshness of the set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freshness {
    Fresh,
    Stale,
    /// There is no set, or it is too old to be used.
    Expired,
}

impl FetchReason {
    /// Returns the label for logs and metrics.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::NoKeys => "start",
            Self::Age => "age",
            Self::UnknownKid => "unknown-kid",
        }
    }
}

impl From<&Entry> for Answer {
    fn from(entry: &Entry) -> Self {
        match entry {
            Entry::Usable(key) => Self::Key(key.clone()),
            Entry::Unusable => Self::Unusable,
        }
    }
}
