//! Time, memory and what is made of many samples.

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;
use nix::time::{ClockId, clock_gettime};

/// The time that this thread has been computing, in nanoseconds.
pub fn thread_cpu() -> i64 {
    let time = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID);
    time.expect("every thread has a clock").num_nanoseconds()
}

/// The time that processes which have ended and been waited for were computing, in seconds.
pub fn children_cpu() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system keeps books");
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    micros as f64 / 1e6
}

/// The middle of the values; NaN without any.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => values[odd / 2],
        even => (values[even / 2 - 1] + values[even / 2]) / 2.0,
    }
}

/// A figure to reach, and whether it was.
pub struct Target {
    pub what: &'static str,
    /// At most this, unless `at_least` is set.
    pub target: f64,
    pub at_least: bool,
    pub reached: f64,
}

impl Target {
    pub fn at_most(what: &'static str, target: f64, reached: f64) -> Self {
        Self {
            what,
            target,
            at_least: false,
            reached,
        }
    }

    pub fn at_least(what: &'static str, target: f64, reached: f64) -> Self {
        Self {
            what,
            target,
            at_least: true,
            reached,
        }
    }

    fn verdict(&self) -> &'static str {
        let is_met = if self.at_least {
            self.reached >= self.target
        } else {
            self.reached <= self.target
        };
        match is_met {
            true => "ok",
            false if self.reached.is_nan() => "not measured",
            false => "missed",
        }
    }
}

pub fn print_targets(targets: &[Target]) {
    println!("\n{:<78} {:>8} {:>9}", "figure to reach", "target", "reached");
    for target in targets {
        let sign = if target.at_least { '≥' } else { '≤' };
        println!(
            "{:<78} {:>8} {:>9.2} {}",
            target.what,
            format!("{sign} {}", target.target),
            target.reached,
            target.verdict(),
        );
    }
}
