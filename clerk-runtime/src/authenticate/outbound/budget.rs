//! Limits the number of calls. Pure: does no I/O, and takes the time as an argument.

use std::time::Duration;

use crate::key::InstanceType;
use crate::verify::ShareHealth;

/// The two budgets of a handle. A call is paid by one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Share {
    /// Of credentials that were not verified within the last hour, nonces and refreshes: any stranger can cause such a call.
    Unknown,
    /// Of credentials that were verified within the last hour. No flood of others uses it up.
    Reserved,
}

impl Share {
    /// Returns the label for logs and metrics.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Reserved => "reserved",
        }
    }
}

/// The bounds of one budget.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// The calls that a full bucket is good for.
    burst: u32,
    /// The time in which the bucket gets one call more.
    interval: Duration,
    /// The calls that may be under way at the same time.
    in_flight: u32,
}

/// Clerk takes 100 calls in 10 s of a development instance. At most 60 of them are for strangers.
const DEVELOPMENT: [Limits; 2] = [
    Limits {
        burst: 30,
        interval: Duration::from_nanos(333_333_334),
        in_flight: 10,
    },
    Limits {
        burst: 100,
        interval: Duration::from_millis(100),
        in_flight: 50,
    },
];
/// Clerk takes 1000 calls in 10 s of a production instance. At most 160 of them are for strangers.
const PRODUCTION: [Limits; 2] = [
    Limits {
        burst: 60,
        interval: Duration::from_millis(100),
        in_flight: 20,
    },
    Limits {
        burst: 1000,
        interval: Duration::from_millis(10),
        in_flight: 200,
    },
];
/// The longest time for which a budget is closed.
const LONGEST_CLOSURE: Duration = Duration::from_secs(300);
/// The wait of a caller that finds too many calls under way.
const WAIT_FOR_A_PLACE: Duration = Duration::from_secs(1);

/// Why a budget refuses a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// The bucket is empty.
    Rate,
    /// Too many calls are under way.
    InFlight,
    /// Clerk has asked to wait.
    Closed,
}

impl Cause {
    /// Returns the label for logs and metrics.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Rate => "rate",
            Self::InFlight => "in-flight",
            Self::Closed => "closed",
        }
    }
}

/// A call that may not be made now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::authenticate) struct Refusal {
    pub(super) cause: Cause,
    /// The wait after which the next call may be possible.
    pub(in crate::authenticate) retry_after: Duration,
}

/// Both budgets of a handle.
#[derive(Debug)]
pub(super) struct Budgets {
    unknown: Budget,
    reserved: Budget,
}

impl Budgets {
    pub(super) fn new(instance_type: InstanceType) -> Self {
        let [unknown, reserved] = match instance_type {
            InstanceType::Development => DEVELOPMENT,
            InstanceType::Production => PRODUCTION,
        };
        Self {
            unknown: Budget::new(unknown),
            reserved: Budget::new(reserved),
        }
    }

    /// Takes a call out of a budget. [`end`](Self::end) is called when it has ended.
    pub(super) fn start(&mut self, share: Share, now: Duration) -> Result<(), Refusal> {
        self.of(share).start(now)
    }

    pub(super) fn end(&mut self, share: Share) {
        let budget = self.of(share);
        budget.in_flight = budget.in_flight.saturating_sub(1);
    }

    /// Makes no calls for so long, since Clerk has answered a call of `share` so. Returns for how long.
    ///
    /// The calls of strangers end at once. Those of verified credentials go on until one of them is answered so: Clerk may
    /// count them apart.
    pub(super) fn close(&mut self, share: Share, now: Duration, wait: Duration) -> Duration {
        let wait = wait.min(LONGEST_CLOSURE);
        let until = now.saturating_add(wait);
        self.unknown.closed_until = self.unknown.closed_until.max(until);
        if share == Share::Reserved {
            self.reserved.closed_until = self.reserved.closed_until.max(until);
        }
        wait
    }

    /// Returns the public state of both, first that of the unknown share.
    pub(super) fn health(&self, now: Duration) -> [ShareHealth; 2] {
        [&self.unknown, &self.reserved].map(|budget| budget.health(now))
    }

    fn of(&mut self, share: Share) -> &mut Budget {
        match share {
            Share::Unknown => &mut self.unknown,
            Share::Reserved => &mut self.reserved,
        }
    }
}

/// A token bucket, a limit on calls in flight, and the time until which Clerk wants no calls.
#[derive(Debug)]
struct Budget {
    limits: Limits,
    /// When the bucket is full again. Each call puts this off by an interval.
    full_at: Duration,
    in_flight: u32,
    closed_until: Duration,
    made: u64,
    refused: u64,
}

impl Budget {
    fn new(limits: Limits) -> Self {
        Self {
            limits,
            full_at: Duration::ZERO,
            in_flight: 0,
            closed_until: Duration::ZERO,
            made: 0,
            refused: 0,
        }
    }

    fn start(&mut self, now: Duration) -> Result<(), Refusal> {
        let outcome = self.check(now);
        match outcome {
            Ok(full_at) => {
                self.full_at = full_at;
                self.in_flight += 1;
                self.made = self.made.saturating_add(1);
            }
            Err(_) => self.refused = self.refused.saturating_add(1),
        }
        outcome.map(drop)
    }

    /// Returns when the bucket is full again after one call more.
    fn check(&self, now: Duration) -> Result<Duration, Refusal> {
        let refusal = |cause, retry_after| Err(Refusal { cause, retry_after });
        if now < self.closed_until {
            return refusal(Cause::Closed, self.closed_until.saturating_sub(now));
        }
        if self.in_flight >= self.limits.in_flight {
            return refusal(Cause::InFlight, WAIT_FOR_A_PLACE);
        }
        let full_at = self.full_at.max(now).saturating_add(self.limits.interval);
        let capacity = self.limits.interval.saturating_mul(self.limits.burst);
        let empty_for = full_at.saturating_sub(now).saturating_sub(capacity);
        match empty_for {
            Duration::ZERO => Ok(full_at),
            empty_for => refusal(Cause::Rate, empty_for),
        }
    }

    fn health(&self, now: Duration) -> ShareHealth {
        let closed_for = self.closed_until.saturating_sub(now);
        ShareHealth {
            made: self.made,
            refused: self.refused,
            in_flight: self.in_flight,
            closed_for: (!closed_for.is_zero()).then_some(closed_for),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn development() -> Budgets {
        Budgets::new(InstanceType::Development)
    }

    fn at(seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds)
    }

    /// Makes and ends calls for as long as there is room, and returns how many.
    fn drain(budgets: &mut Budgets, share: Share, now: Duration) -> u32 {
        let mut calls = 0;
        while calls < 10_000 && budgets.start(share, now).is_ok() {
            budgets.end(share);
            calls += 1;
        }
        calls
    }

    #[test]
    fn a_bucket_is_good_for_its_burst_and_refills_by_its_rate() {
        for (instance_type, share, burst, per_second) in [
            (InstanceType::Development, Share::Unknown, 30, 3),
            (InstanceType::Development, Share::Reserved, 100, 10),
            (InstanceType::Production, Share::Unknown, 60, 10),
            (InstanceType::Production, Share::Reserved, 1000, 100),
        ] {
            let mut budgets = Budgets::new(instance_type);
            let start = at(1000.0);
            assert_eq!(drain(&mut budgets, share, start), burst);
            let refusal = budgets.start(share, start).unwrap_err();
            assert_eq!(refusal.cause, Cause::Rate);
            assert!(refusal.retry_after <= at(1.0 / f64::from(per_second)) + at(1e-6));
            assert_eq!(drain(&mut budgets, share, start + refusal.retry_after), 1);
            assert_eq!(drain(&mut budgets, share, at(1001.001)), per_second - 1);
            // It never holds more than its burst.
            assert_eq!(drain(&mut budgets, share, at(9000.0)), burst);
        }
    }

    #[test]
    fn strangers_cause_at_most_sixty_calls_in_any_ten_seconds_of_a_development_instance() {
        let mut budgets = development();
        let mut calls = Vec::new();
        for tenth in 0..1000_u32 {
            let now = at(f64::from(tenth) / 10.0);
            calls.push(drain(&mut budgets, Share::Unknown, now));
        }
        let most = calls.windows(100).map(|window| window.iter().sum::<u32>()).max();
        assert!(most <= Some(60), "{most:?}");
        assert!(most > Some(50), "{most:?}");
    }

    #[test]
    fn no_share_takes_from_the_other() {
        let mut budgets = development();
        drain(&mut budgets, Share::Unknown, at(1.0));
        assert_eq!(drain(&mut budgets, Share::Reserved, at(1.0)), 100);
        let mut budgets = development();
        drain(&mut budgets, Share::Reserved, at(1.0));
        assert_eq!(drain(&mut budgets, Share::Unknown, at(1.0)), 30);
        // Nor of the calls in flight.
        let mut budgets = development();
        for _ in 0..10 {
            budgets.start(Share::Unknown, at(1.0)).unwrap();
        }
        budgets.start(Share::Reserved, at(1.0)).unwrap();
    }

    #[test]
    fn calls_in_flight_are_few_and_their_places_are_given_back() {
        let mut budgets = development();
        for _ in 0..10 {
            budgets.start(Share::Unknown, at(1.0)).unwrap();
        }
        let refusal = budgets.start(Share::Unknown, at(1.0)).unwrap_err();
        assert_eq!((refusal.cause, refusal.retry_after), (Cause::InFlight, at(1.0)));
        budgets.end(Share::Unknown);
        budgets.start(Share::Unknown, at(1.0)).unwrap();
        assert!(budgets.start(Share::Unknown, at(1.0)).is_err());
    }

    #[test]
    fn a_closed_budget_makes_no_call_until_its_time_is_over() {
        let mut budgets = development();
        assert_eq!(budgets.close(Share::Unknown, at(10.0), at(7.0)), at(7.0));
        let refusal = budgets.start(Share::Unknown, at(10.0)).unwrap_err();
        assert_eq!((refusal.cause, refusal.retry_after), (Cause::Closed, at(7.0)));
        assert!(budgets.start(Share::Unknown, at(16.999)).is_err());
        budgets.start(Share::Reserved, at(10.0)).unwrap();
        // A shorter closure later does not open it earlier.
        budgets.close(Share::Unknown, at(11.0), at(1.0));
        assert!(budgets.start(Share::Unknown, at(16.999)).is_err());
        budgets.start(Share::Unknown, at(17.0)).unwrap();
    }

    #[test]
    fn a_reserved_call_that_is_told_to_wait_closes_both() {
        let mut budgets = development();
        budgets.close(Share::Reserved, at(0.0), at(7.0));
        for share in [Share::Unknown, Share::Reserved] {
            assert_eq!(budgets.start(share, at(6.0)).unwrap_err().cause, Cause::Closed);
            budgets.start(share, at(7.0)).unwrap();
        }
    }

    #[test]
    fn a_closure_ends_after_five_minutes_at_the_latest() {
        let mut budgets = development();
        assert_eq!(budgets.close(Share::Unknown, at(0.0), Duration::MAX), at(300.0));
        assert!(budgets.start(Share::Unknown, at(299.0)).is_err());
        budgets.start(Share::Unknown, at(300.0)).unwrap();
    }

    #[test]
    fn health_tells_what_was_made_and_refused() {
        let mut budgets = development();
        drain(&mut budgets, Share::Unknown, at(1.0));
        budgets.start(Share::Reserved, at(1.0)).unwrap();
        budgets.close(Share::Unknown, at(1.0), at(7.0));
        let [unknown, reserved] = budgets.health(at(2.0));
        assert_eq!(
            (
                unknown.made,
                unknown.refused,
                unknown.in_flight,
                unknown.closed_for
            ),
            (30, 1, 0, Some(at(6.0)))
        );
        assert_eq!(
            (
                reserved.made,
                reserved.refused,
                reserved.in_flight,
                reserved.closed_for
            ),
            (1, 0, 1, None)
        );
        assert_eq!(budgets.health(at(8.0))[0].closed_for, None);
    }
}
