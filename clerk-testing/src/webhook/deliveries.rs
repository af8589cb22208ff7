//! What an endpoint was sent and is to be sent.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use tokio::sync::{Semaphore, watch};

use super::WebhookAttempt;
use super::message::Message;
use super::signing::SigningSecret;
use crate::StartError;

/// What an endpoint and its sender have in common.
pub(crate) struct State {
    pub(super) url: String,
    /// So many attempts may be under way at once.
    pub(super) slots: Semaphore,
    pub(super) pending: watch::Sender<usize>,
    details: Mutex<Details>,
}

/// What changes while the endpoint is there.
pub(super) struct Details {
    /// The newest last. Never empty.
    pub(super) secrets: Vec<SigningSecret>,
    pub(super) pauses: Vec<Duration>,
    /// By id, with the time that the last attempt was signed for.
    messages: HashMap<String, (Arc<Message>, i64)>,
    pub(super) attempts: Vec<WebhookAttempt>,
}

impl State {
    pub(super) fn new(url: String) -> Self {
        Self {
            url,
            slots: Semaphore::new(16),
            pending: watch::Sender::new(0),
            details: Mutex::new(Details {
                secrets: vec![new_secret()],
                pauses: [50, 100, 250, 500, 1000].map(Duration::from_millis).to_vec(),
                messages: HashMap::new(),
                attempts: Vec::new(),
            }),
        }
    }

    pub(super) fn begin(&self, message: &Arc<Message>) {
        self.details()
            .messages
            .entry(message.id.clone())
            .or_insert_with(|| (Arc::clone(message), i64::MIN));
        self.pending.send_modify(|pending| *pending += 1);
    }

    /// Takes note of an attempt that has ended.
    pub(super) fn end(&self, attempt: WebhookAttempt) {
        let is_delivered = attempt.is_delivered();
        self.details().attempts.push(attempt);
        if is_delivered {
            self.pending
                .send_modify(|pending| *pending = pending.saturating_sub(1));
        }
    }

    /// Ends all waiting for a slot, and with it everything that is pending.
    pub(super) fn close(&self) {
        self.slots.close();
        self.pending.send_replace(0);
    }

    pub(super) fn message(&self, id: &str) -> Option<Arc<Message>> {
        let details = self.details();
        details.messages.get(id).map(|(message, _)| Arc::clone(message))
    }

    /// The time to sign the next attempt at a message for, Unix seconds: now, or a little later, so that attempts differ.
    /// Those of a clock that stands still have one time once the lead is used up.
    pub(super) fn next_timestamp(&self, message: &Message, now: i64) -> i64 {
        /// What clocks may well differ by.
        const MAX_LEAD: i64 = 60;
        let mut details = self.details();
        let Some((_, last)) = details.messages.get_mut(&message.id) else {
            return now;
        };
        *last = now.max(last.saturating_add(1).min(now.saturating_add(MAX_LEAD)));
        *last
    }

    /// How long to wait after so many attempts at a message.
    pub(super) fn pause_after(&self, attempts: usize) -> Duration {
        /// Without any, an endpoint that refuses would be asked as fast as it can answer.
        const SHORTEST: Duration = Duration::from_millis(1);
        let pauses = &self.details().pauses;
        let pause = pauses.get(attempts.saturating_sub(1)).or_else(|| pauses.last());
        pause.copied().unwrap_or_default().max(SHORTEST)
    }

    /// The headers of an attempt at this time, Unix seconds.
    pub(super) fn headers(&self, message: &Message, timestamp: i64) -> HeaderMap {
        let signatures: Vec<_> = self
            .details()
            .secrets
            .iter()
            .map(|secret| secret.sign(&message.id, timestamp, message.body.as_bytes()))
            .collect();
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static("application/json"));
        for (name, value) in [
            ("svix-id", message.id.clone()),
            ("svix-timestamp", timestamp.to_string()),
            ("svix-signature", signatures.join(" ")),
        ] {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
        headers
    }

    pub(super) fn details(&self) -> MutexGuard<'_, Details> {
        self.details.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn new_secret() -> SigningSecret {
    let secret: Result<_, StartError> = SigningSecret::generate();
    secret.expect("there is randomness, as at the start of the instance")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(pauses: &[u64]) -> State {
        let state = State::new("http://127.0.0.1:9/".to_owned());
        state.details().pauses = pauses.iter().copied().map(Duration::from_millis).collect();
        state
    }

    #[test]
    fn there_is_a_pause_after_every_attempt() {
        let pauses = |schedule: &[u64]| {
            let state = state(schedule);
            [1, 2, 3, 9].map(|attempts| state.pause_after(attempts).as_millis())
        };
        assert_eq!(pauses(&[50, 100]), [50, 100, 100, 100]);
        assert_eq!(pauses(&[0, 7]), [1, 7, 7, 7]);
        assert_eq!(pauses(&[]), [1, 1, 1, 1]);
    }

    #[test]
    fn attempts_are_signed_for_different_times_up_to_a_minute_ahead() {
        let (state, message) = (
            state(&[]),
            Arc::new(Message::new("msg_1".to_owned(), "x", &().into(), 0, "ins_1")),
        );
        state.begin(&message);
        let times: Vec<_> = (0..63).map(|_| state.next_timestamp(&message, 100)).collect();
        let wanted: Vec<_> = (100..=160).chain([160, 160]).collect();
        assert_eq!(times, wanted);
        assert_eq!(state.next_timestamp(&message, 200), 200);
    }
}
