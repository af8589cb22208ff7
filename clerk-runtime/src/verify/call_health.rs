//! The public state of the budgets for calls of Clerk's Backend API.

use std::time::Duration;

/// The state of the budgets for calls about opaque tokens, nonces and refreshes, as a part of
/// [`Health`](crate::Health). What they are is in `SECURITY.md`, rule D38.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct CallHealth {
    /// The budget of credentials that were not verified within the last hour, of nonces and of refreshes.
    pub unknown: ShareHealth,
    /// The budget of credentials that were verified within the last hour.
    pub reserved: ShareHealth,
}

impl CallHealth {
    pub(super) const NONE: Self = Self {
        unknown: ShareHealth::NONE,
        reserved: ShareHealth::NONE,
    };
}

impl ShareHealth {
    const NONE: Self = Self {
        made: 0,
        refused: 0,
        in_flight: 0,
        closed_for: None,
    };
}

/// The state of one budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ShareHealth {
    /// The calls made so far.
    pub made: u64,
    /// The calls refused so far, which requests were answered 503 for.
    pub refused: u64,
    /// The calls under way.
    pub in_flight: u32,
    /// The time for which no call is made because Clerk has asked to wait; `None` if calls are made.
    pub closed_for: Option<Duration>,
}
