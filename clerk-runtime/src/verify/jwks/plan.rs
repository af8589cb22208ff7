//! What the [cache](super::cache) is asked, and what it says.

use std::time::Duration;

use super::key_set::Entry;
use crate::key::RsaVerifyingKey;
use crate::token::TokenVerificationErrorReason as Reason;

/// Why a set is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// There is none that may be used.
    Start,
    /// It is getting old.
    Age,
    /// A token names a key that is not in it.
    UnknownKid,
}

/// A fetch to start. It ends with `Cache::landed` or `Cache::failed`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "nobody else starts this fetch"]
pub(super) struct Takeoff {
    pub(super) number: u64,
    pub(super) since: Duration,
    pub(super) cause: Cause,
    /// Whether requests can only be refused until it succeeds, so that it is worth trying hard.
    pub(super) is_urgent: bool,
}

/// What to do for a request.
#[derive(Debug)]
pub(super) struct Plan {
    /// A fetch to start first.
    pub(super) start: Option<Takeoff>,
    pub(super) then: Then,
}

#[derive(Debug)]
pub(super) enum Then {
    Answer(Answer),
    /// Wait for the end of this fetch, but not for longer, and then ask for the [answer](super::cache::Cache::after_wait).
    Wait {
        number: u64,
        at_most: Duration,
    },
}

/// What the keys say about a `kid`.
#[derive(Debug)]
pub(super) enum Answer {
    Key(RsaVerifyingKey),
    Unusable,
    UnknownKid,
    Unavailable { reason: Reason, retry_after: Duration },
}

/// What became of a fetched set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Landed {
    Loaded,
    /// The former set stays: with this one no signature could be checked.
    Refused,
    /// A later fetch was faster.
    Outdated,
}

/// How old the set is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    Fresh,
    Stale,
    /// There is none, or none that may still be used.
    Over,
}

impl Cause {
    /// A word for logs.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
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
