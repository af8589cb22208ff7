//! The fetches of the key set, counted by what they tell a log.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber, span};

/// Counts by cause and outcome.
pub(crate) type Counts = BTreeMap<(String, String), usize>;

/// Listens to the events of fetches and to nothing else.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fetches(Arc<Mutex<Counts>>);

impl Fetches {
    pub(crate) fn counts(&self) -> Counts {
        self.0.lock().unwrap().clone()
    }
}

impl Subscriber for Fetches {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event() && metadata.fields().field("cause").is_some()
    }

    fn event(&self, event: &Event<'_>) {
        let mut words = Words::default();
        event.record(&mut words);
        *self
            .0
            .lock()
            .unwrap()
            .entry((words.cause, words.outcome))
            .or_default() += 1;
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

#[derive(Default)]
struct Words {
    cause: String,
    outcome: String,
}

impl Visit for Words {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "cause" => value.clone_into(&mut self.cause),
            "outcome" => value.clone_into(&mut self.outcome),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
