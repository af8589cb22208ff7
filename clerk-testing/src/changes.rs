use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use crate::webhook::Outbox;
#[cfg(test)]
use crate::{TestClock, ids::Ids};

/// What happened to a resource; see [`LocalInstance::changes`](crate::LocalInstance::changes).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Change {
    /// The type of event that Clerk's webhooks have for it, such as `user.created`.
    pub event_type: &'static str,
    /// The resource as the Backend API shows it from now on, or the object that tells of its deletion.
    pub object: Value,
}

/// The one place that every change of a resource passes through, and who is told.
pub(crate) struct Changes {
    outbox: Arc<Outbox>,
    listeners: Mutex<Vec<Sender<Change>>>,
}

impl Changes {
    pub(crate) fn new(outbox: Arc<Outbox>) -> Self {
        Self {
            outbox,
            listeners: Mutex::default(),
        }
    }

    #[cfg(test)]
    pub(crate) fn for_test(ids: Arc<Ids>, clock: TestClock) -> Self {
        Self::new(Arc::new(Outbox::new(clock, ids)))
    }

    /// Whether anybody is told, for those who would make an object for nothing else.
    pub(crate) fn is_heard(&self) -> bool {
        self.outbox.has_endpoints() || !self.listeners().is_empty()
    }

    /// Tells of a change, and sends it to the endpoints of webhooks. Listeners that are gone are forgotten.
    pub(crate) fn changed(&self, event_type: &'static str, object: &Value) {
        self.outbox.publish(event_type, object);
        self.listeners().retain(|listener| {
            let object = object.clone();
            listener.send(Change { event_type, object }).is_ok()
        });
    }

    /// All changes from now on.
    pub(crate) fn listen(&self) -> Receiver<Change> {
        let (sender, receiver) = channel();
        self.listeners().push(sender);
        receiver
    }

    fn listeners(&self) -> MutexGuard<'_, Vec<Sender<Change>>> {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listeners_are_told_until_they_are_gone() {
        let changes = Changes::for_test(Arc::new(Ids::new().unwrap()), TestClock::new());
        assert!(!changes.is_heard());
        let (one, two) = (changes.listen(), changes.listen());
        changes.changed("user.created", &Value::Null);
        drop(two);
        changes.changed("user.deleted", &Value::Null);
        let heard: Vec<_> = one.try_iter().map(|change| change.event_type).collect();
        assert_eq!(heard, ["user.created", "user.deleted"]);
        drop(one);
        changes.changed("user.created", &Value::Null);
        assert!(!changes.is_heard());
    }
}
