use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use clerk_runtime::clock::Clock;
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::WebhookUrlError;
use super::deliveries::State;
use super::message::Message;
use super::url::on_loopback;
use crate::TestClock;
use crate::ids::Ids;

/// All endpoints of an instance, and the way to whoever sends to them.
pub(crate) struct Outbox {
    clock: TestClock,
    ids: Arc<Ids>,
    endpoints: Mutex<Vec<Arc<State>>>,
    queue: UnboundedSender<Job>,
    jobs: Mutex<Option<UnboundedReceiver<Job>>>,
}

/// A message that is to be delivered to an endpoint.
pub(super) struct Job {
    pub(super) endpoint: Arc<State>,
    pub(super) message: Arc<Message>,
}

impl Outbox {
    pub(crate) fn new(clock: TestClock, ids: Arc<Ids>) -> Self {
        let (queue, jobs) = unbounded_channel();
        Self {
            clock,
            ids,
            endpoints: Mutex::default(),
            queue,
            jobs: Mutex::new(Some(jobs)),
        }
    }

    pub(crate) fn has_endpoints(&self) -> bool {
        !self.endpoints().is_empty()
    }

    /// Sends an event about a resource to every endpoint, soon, and says under which message id.
    pub(crate) fn publish(&self, event_type: &str, data: &Value) -> String {
        let id = self.ids.fresh("msg_");
        let endpoints = self.endpoints();
        if !endpoints.is_empty() {
            let instance_id = self.ids.instance();
            let now = self.clock.unix_millis();
            let message = Arc::new(Message::new(id.clone(), event_type, data, now, &instance_id));
            for endpoint in endpoints.iter() {
                self.enqueue(Arc::clone(endpoint), Arc::clone(&message));
            }
        }
        id
    }

    /// # Errors
    /// `url` is not on this machine.
    ///
    /// # Panics
    /// If the system has no randomness to give.
    pub(crate) fn add_endpoint(&self, url: &str) -> Result<Arc<State>, WebhookUrlError> {
        let endpoint = Arc::new(State::new(on_loopback(url)?));
        self.endpoints().push(Arc::clone(&endpoint));
        Ok(endpoint)
    }

    /// Sends a message once more that was sent before, unless the endpoint was removed.
    pub(super) fn resend(&self, endpoint: &Arc<State>, message_id: &str) -> bool {
        // Held to the end, so that the endpoint is not closed in between.
        let endpoints = self.endpoints();
        let is_there = endpoints.iter().any(|other| Arc::ptr_eq(other, endpoint));
        match endpoint.message(message_id) {
            Some(message) if is_there => {
                self.enqueue(Arc::clone(endpoint), message);
                true
            }
            _ => false,
        }
    }

    pub(super) fn remove(&self, endpoint: &Arc<State>) {
        self.endpoints().retain(|other| !Arc::ptr_eq(other, endpoint));
        endpoint.close();
    }

    pub(super) fn now(&self) -> i64 {
        self.clock.unix_millis().div_euclid(1000)
    }

    /// What is to be sent, for the one who sends.
    pub(super) fn take_jobs(&self) -> Option<UnboundedReceiver<Job>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn enqueue(&self, endpoint: Arc<State>, message: Arc<Message>) {
        endpoint.begin(&message);
        // Without anybody who sends the instance has stopped, and nothing is to be sent any more.
        let _ = self.queue.send(Job { endpoint, message });
    }

    fn endpoints(&self) -> MutexGuard<'_, Vec<Arc<State>>> {
        self.endpoints.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
