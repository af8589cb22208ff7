//! The parts of the corpus. None knows of another, so that they can be asked at the same time, or one alone.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::runtime::Builder;

use crate::instances::{INSTANCES, Instance};
use crate::recorder::Recorder;
use crate::{raw, stream, vectors, webhooks};

pub(crate) enum Part {
    Stream(&'static Instance),
    Raw(&'static Instance),
    Vectors(&'static str),
    Webhooks,
}

impl Part {
    /// Lists all of them, those that take longest first.
    pub(crate) fn all() -> Vec<Self> {
        let streams = INSTANCES.iter().map(Self::Stream);
        let files = vectors::FILES.into_iter().map(Self::Vectors);
        let sockets = INSTANCES
            .iter()
            .filter(|instance| raw::SERVED.contains(&instance.name));
        streams
            .chain(files)
            .chain(sockets.map(Self::Raw))
            .chain([Self::Webhooks])
            .collect()
    }

    /// Gives what follows the name of a group in the names of its blocks.
    fn name(&self) -> &'static str {
        match self {
            Self::Stream(instance) | Self::Raw(instance) => instance.name,
            Self::Vectors(file) => file,
            Self::Webhooks => "all",
        }
    }

    fn groups(&self) -> &'static [&'static str] {
        match self {
            Self::Stream(_) => &stream::GROUPS,
            Self::Raw(_) => &raw::GROUPS,
            Self::Vectors(_) => &vectors::GROUPS,
            Self::Webhooks => &webhooks::GROUPS,
        }
    }

    fn record(&self, recorder: &mut Recorder<'_>) {
        // Waits cost no time, and none is cut short by a slow machine.
        let runtime = || {
            Builder::new_current_thread()
                .enable_all()
                .start_paused(true)
                .build()
                .unwrap()
        };
        match self {
            Self::Stream(instance) => runtime().block_on(stream::record(recorder, instance)),
            Self::Raw(instance) => raw::record(recorder, instance),
            Self::Vectors(file) => runtime().block_on(vectors::record(recorder, file)),
            Self::Webhooks => runtime().block_on(webhooks::record(recorder)),
        }
    }
}

/// Asks everything, or what is needed for the one request that is wanted, by as many threads as there are processors.
pub(crate) fn record<'a>(whole: &Recorder<'a>) -> Recorder<'a> {
    let parts = Part::all();
    let is_needed = |part: &Part| {
        let names = part
            .groups()
            .iter()
            .map(|group| format!("{group}/{}", part.name()));
        whole
            .wanted
            .is_none_or(|(wanted, _)| names.into_iter().any(|name| name == *wanted))
    };
    let needed: Vec<&Part> = parts.iter().filter(|part| is_needed(part)).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut recorder = whole.empty();
        while let Some(part) = needed.get(next.fetch_add(1, Ordering::Relaxed)) {
            recorder.begin(part.name());
            part.record(&mut recorder);
        }
        recorder
    };
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut merged = whole.empty();
        for worker in workers {
            merged.merge(worker.join().unwrap());
        }
        merged
    })
}
