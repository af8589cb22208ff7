//! What a run has shown, and which promises were broken.

use std::fmt;
use std::time::Duration;

use crate::events::Counts;
use crate::fault::Kind;
use crate::tally::{Phase, Seen, percentiles};

/// What the process held at a moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Held {
    pub(crate) resident_kib: Option<u64>,
    pub(crate) tasks: usize,
}

pub(crate) struct Report {
    pub(crate) elapsed: Duration,
    pub(crate) scale: u32,
    pub(crate) seen: Seen,
    pub(crate) fetches: Counts,
    pub(crate) upstream_requests: usize,
    pub(crate) start: Held,
    pub(crate) end: Held,
}

const CAUSES: [&str; 3] = ["start", "age", "unknown-kid"];
/// What an allocator may keep, and what the instance writes down about the requests that it gets.
const MEMORY_SLACK_KIB: u64 = 24 * 1024;
/// Connections to the instance that stay open for the next fetch, and one fetch.
const TASK_SLACK: usize = 4;

impl Report {
    /// What did not hold, in words.
    pub(crate) fn broken(&self) -> Vec<String> {
        let mut broken = Vec::new();
        for (kind, phase) in &self.seen.phases {
            if phase.false_rejects > 0 {
                broken.push(format!("{} false rejects: {}", phase.false_rejects, kind.name()));
            }
        }
        let accepts = &self.seen.false_accepts;
        if let Some(first) = accepts.first() {
            broken.push(format!("{} false accepts, the first: {first}", accepts.len()));
        }
        for cause in CAUSES {
            let fetches = self.fetches_for(cause);
            if fetches > self.budget() {
                broken.push(format!(
                    "{fetches} fetches for `{cause}`, {} allowed",
                    self.budget()
                ));
            }
        }
        if self.fetches_for("start") == 0 {
            broken.push("no event told of the first fetch".to_owned());
        }
        if let (Some(start), Some(end)) = (self.start.resident_kib, self.end.resident_kib)
            && end > start + MEMORY_SLACK_KIB
        {
            broken.push(format!("memory grew from {start} to {end} KiB"));
        }
        if self.end.tasks > self.start.tasks + TASK_SLACK {
            broken.push(format!(
                "tasks grew from {} to {}",
                self.start.tasks, self.end.tasks
            ));
        }
        broken
    }

    fn fetches_for(&self, cause: &str) -> usize {
        let of_cause = self.fetches.iter().filter(|((one, _), _)| one == cause);
        of_cause.map(|(_, count)| count).sum()
    }

    /// `elapsed / 10 s + 1`, in the time that keys live by.
    fn budget(&self) -> usize {
        let seconds = self.elapsed.as_secs_f64() * f64::from(self.scale);
        (seconds / 10.0) as usize + 1
    }

    fn all_faulty(&self) -> Phase {
        let mut all = Phase::default();
        for (_, phase) in self
            .seen
            .phases
            .iter()
            .filter(|(kind, _)| Kind::FAULTS.contains(kind))
        {
            all.good.extend(&phase.good);
            all.false_rejects += phase.false_rejects;
            all.hostile += phase.hostile;
            all.upstream += phase.upstream;
        }
        all
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.elapsed.as_secs_f64();
        writeln!(
            f,
            "{seconds:.0} s, keys aging {} times as fast ({:.0} min)\n",
            self.scale,
            seconds * f64::from(self.scale) / 60.0
        )?;
        let row = |f: &mut fmt::Formatter<'_>, name: &str, phase: &Phase| {
            let (p50, p99, max) = percentiles(&phase.good);
            writeln!(
                f,
                "{name:<24} {:>7} {:>13} {:>7} {:>7} {:>8} {:>8} {:>8}",
                phase.good.len(),
                phase.false_rejects,
                phase.hostile,
                phase.upstream,
                millis(p50),
                millis(p99),
                millis(max),
            )
        };
        writeln!(
            f,
            "{:<24} {:>7} {:>13} {:>7} {:>7} {:>8} {:>8} {:>8}",
            "phase", "good", "false rejects", "hostile", "fetches", "p50 ms", "p99 ms", "max ms"
        )?;
        for (kind, phase) in &self.seen.phases {
            row(f, kind.name(), phase)?;
        }
        let faulty = self.all_faulty();
        row(f, "all faults", &faulty)?;
        let calm_p99 = percentiles(&self.seen.phases[0].1.good).1;
        let ratio = f64::from(percentiles(&faulty.good).1) / f64::from(calm_p99.max(1));
        writeln!(f, "\np99 with faults / without: {ratio:.2}")?;
        writeln!(f, "false accepts: {}", self.seen.false_accepts.len())?;
        let slowest = self.seen.new_key_took.iter().max().copied().unwrap_or_default();
        writeln!(
            f,
            "new keys: {}, accepted at the latest {:.2} s after publication or the end of the fault",
            self.seen.new_key_took.len(),
            slowest.as_secs_f64()
        )?;
        for cause in CAUSES {
            let outcomes: Vec<_> = self
                .fetches
                .iter()
                .filter(|((one, _), _)| one == cause)
                .map(|((_, outcome), count)| format!("{outcome} {count}"))
                .collect();
            writeln!(
                f,
                "fetches, {cause:<11} {:>5} of {} allowed ({})",
                self.fetches_for(cause),
                self.budget(),
                outcomes.join(", ")
            )?;
        }
        writeln!(
            f,
            "requests that the instance got for keys: {}",
            self.upstream_requests
        )?;
        let kib = |held: &Held| held.resident_kib.map_or("?".to_owned(), |kib| kib.to_string());
        writeln!(f, "memory: {} KiB, then {} KiB", kib(&self.start), kib(&self.end))?;
        writeln!(f, "tasks: {}, then {}", self.start.tasks, self.end.tasks)?;
        match self.broken().as_slice() {
            [] => write!(f, "\nevery promise was kept"),
            broken => write!(f, "\nBROKEN: {}", broken.join("\nBROKEN: ")),
        }
    }
}

fn millis(micros: u32) -> String {
    format!("{:.2}", f64::from(micros) / 1000.0)
}
