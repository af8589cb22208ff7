//! What was seen, phase by phase.

use std::sync::Mutex;
use std::time::Duration;

use crate::fault::Kind;

/// Shared by all who send.
#[derive(Debug)]
pub(crate) struct Tally(Mutex<Seen>);

#[derive(Debug, Clone)]
pub(crate) struct Seen {
    now: Kind,
    upstream: usize,
    is_second_half: bool,
    pub(crate) phases: Vec<(Kind, Phase)>,
    pub(crate) false_accepts: Vec<String>,
    /// How long a new key took to be accepted, counted from its publication or the end of the fault.
    pub(crate) new_key_took: Vec<Duration>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Phase {
    /// How long the answers to good requests took, in microseconds.
    pub(crate) good: Vec<u32>,
    pub(crate) false_rejects: usize,
    pub(crate) hostile: usize,
    /// Requests for keys that the instance got.
    pub(crate) upstream: usize,
}

impl Tally {
    pub(crate) fn new() -> Self {
        let kinds = [Kind::Calm, Kind::Preparation].into_iter().chain(Kind::FAULTS);
        let phase = Phase {
            // Room from the start: what is measured here must not look like a leak.
            good: Vec::with_capacity(20_000),
            ..Phase::default()
        };
        Self(Mutex::new(Seen {
            now: Kind::Calm,
            upstream: 0,
            is_second_half: false,
            phases: kinds.map(|kind| (kind, phase.clone())).collect(),
            false_accepts: Vec::new(),
            new_key_took: Vec::new(),
        }))
    }

    pub(crate) fn enter(&self, kind: Kind) {
        self.with(|seen| (seen.now, seen.is_second_half) = (kind, false));
    }

    pub(crate) fn enter_second_half(&self) {
        self.with(|seen| seen.is_second_half = true);
    }

    /// How many forged requests to send a second: with unknown kids, with bad signatures.
    pub(crate) fn hostile_rates(&self) -> (u32, u32) {
        self.with(|seen| {
            (
                seen.now.unknown_kids(seen.is_second_half),
                seen.now.bad_signatures(),
            )
        })
    }

    pub(crate) fn now(&self) -> Kind {
        self.with(|seen| seen.now)
    }

    /// A request that had to be let in. It counts for the phase that it was sent in.
    pub(crate) fn good(&self, kind: Kind, status: u16, took: Duration) {
        self.with(|seen| {
            let phase = seen.phase(kind);
            phase
                .good
                .push(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
            phase.false_rejects += usize::from(status != 200);
        });
    }

    /// A request that had to be refused.
    pub(crate) fn hostile(&self, what: &str, status: u16) {
        self.with(|seen| {
            let kind = seen.now;
            seen.phase(kind).hostile += 1;
            if !matches!(status, 401 | 503) {
                seen.false_accepts
                    .push(format!("{what}: {status} ({})", kind.name()));
            }
        });
    }

    /// How many requests for keys the instance has got so far.
    pub(crate) fn upstream(&self, total: usize) {
        self.with(|seen| {
            let (kind, counted) = (seen.now, seen.upstream);
            seen.phase(kind).upstream += total - counted;
            seen.upstream = total;
        });
    }

    pub(crate) fn new_key_took(&self, time: Duration) {
        self.with(|seen| seen.new_key_took.push(time));
    }

    pub(crate) fn seen(&self) -> Seen {
        self.with(|seen| seen.clone())
    }

    fn with<T>(&self, step: impl FnOnce(&mut Seen) -> T) -> T {
        step(&mut self.0.lock().unwrap())
    }
}

impl Seen {
    fn phase(&mut self, kind: Kind) -> &mut Phase {
        let found = self.phases.iter_mut().find(|(one, _)| *one == kind);
        &mut found.expect("every kind has a phase").1
    }
}

/// The latency that so many of a hundred requests stay below, and the longest.
pub(crate) fn percentiles(micros: &[u32]) -> (u32, u32, u32) {
    let mut sorted = micros.to_vec();
    sorted.sort_unstable();
    let at = |percent: usize| sorted.get(sorted.len() * percent / 100).copied().unwrap_or(0);
    (at(50), at(99), sorted.last().copied().unwrap_or(0))
}
