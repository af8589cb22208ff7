use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

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
#[derive(Default)]
pub(crate) struct Changes(Mutex<Vec<Sender<Change>>>);

impl Changes {
    /// Whether anybody is told, for those who would make an object for nothing else.
    pub(crate) fn is_heard(&self) -> bool {
        !self.listeners().is_empty()
    }

    /// Tells of a change. Listeners that are gone are forgotten.
    pub(crate) fn changed(&self, event_type: &'static str, object: &Value) {
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
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listeners_are_told_until_they_are_gone() {
        let changes = Changes::default();
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
