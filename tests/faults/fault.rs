//! What goes wrong, phase by phase.

use std::time::Duration;

use clerk_testing::{Endpoint, Fault, LocalInstance};

/// A kind of phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Keys are generated, which keeps one core busy. What is seen meanwhile is not compared with anything.
    Preparation,
    Calm,
    Unavailable,
    TooManyRequests,
    Garbage,
    Truncated,
    Empty,
    Huge,
    Dropped,
    LateOld,
    Reordered,
    UnknownKids,
    UnknownKidsWhileAway,
    BadSignatures,
    Drip,
    Hang,
}

impl Kind {
    /// Those that hold a fetch for seconds come last, so that they do not keep others from being met.
    pub(crate) const FAULTS: [Self; 14] = [
        Self::Unavailable,
        Self::TooManyRequests,
        Self::Garbage,
        Self::Truncated,
        Self::Empty,
        Self::Huge,
        Self::Dropped,
        Self::LateOld,
        Self::Reordered,
        Self::UnknownKids,
        Self::UnknownKidsWhileAway,
        Self::BadSignatures,
        Self::Drip,
        Self::Hang,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Preparation => "(keys are generated)",
            Self::Calm => "calm",
            Self::Unavailable => "503",
            Self::TooManyRequests => "429, Retry-After 1",
            Self::Garbage => "HTML in place of JSON",
            Self::Truncated => "truncated",
            Self::Empty => "empty",
            Self::Huge => "2 MB of JSON",
            Self::Dropped => "connections closed",
            Self::LateOld => "old answers, 0.3 s late",
            Self::Reordered => "late and prompt in turn",
            Self::UnknownKids => "flood of unknown kids",
            Self::UnknownKidsWhileAway => "the same during a 503",
            Self::BadSignatures => "flood of bad signatures",
            Self::Drip => "a byte each 0.1 s",
            Self::Hang => "no answer",
        }
    }

    /// Forged requests with an unknown kid a second. Outside of floods there are some in the second half of a fault: until
    /// then keys are fetched because of their age, or not at all.
    pub(crate) fn unknown_kids(self, is_second_half: bool) -> u32 {
        match self {
            Self::UnknownKids | Self::UnknownKidsWhileAway => 500,
            Self::Preparation | Self::Calm => 0,
            _ if is_second_half => 20,
            _ => 0,
        }
    }

    /// Forged requests with a bad signature a second.
    pub(crate) fn bad_signatures(self) -> u32 {
        match self {
            Self::BadSignatures => 500,
            _ => 20,
        }
    }

    /// Makes the instance behave like this, and no other way.
    pub(crate) fn strike(self, instance: &LocalInstance) {
        const JWKS: Endpoint = Endpoint::Jwks;
        let late = Fault::Late(Duration::from_millis(300));
        instance.clear_faults();
        let fault = match self {
            Self::Preparation | Self::Calm | Self::UnknownKids | Self::BadSignatures => return,
            Self::Reordered => {
                for _ in 0..1000 {
                    instance.fault_times(JWKS, late.clone(), 1);
                    instance.fault_times(JWKS, Fault::Delay(Duration::ZERO), 1);
                }
                return;
            }
            Self::Unavailable | Self::UnknownKidsWhileAway => Fault::Status(503),
            Self::TooManyRequests => Fault::StatusWithRetryAfter(429, 1),
            Self::Garbage => Fault::Garbage,
            Self::Truncated => Fault::Truncated,
            Self::Empty => Fault::Empty,
            Self::Huge => Fault::Huge(2_000_000),
            Self::Dropped => Fault::Drop,
            Self::LateOld => late,
            Self::Drip => Fault::Drip(Duration::from_millis(100)),
            Self::Hang => Fault::Hang,
        };
        instance.fault(JWKS, fault);
    }
}
