use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::WebhookAttempt;
use super::deliveries::{State, new_secret};
use crate::state::Shared;

/// An endpoint of an application that the instance sends events to; see [`LocalInstance::webhook`](crate::LocalInstance::webhook).
///
/// Every event goes to every endpoint. What gets no 2xx within five seconds is sent again, after 50 ms, 100, 250 and 500 ms,
/// and then every second, in real time, until it does or the instance stops: with the same message id, for a later
/// [time](WebhookAttempt::timestamp), signed anew. Up to 16 messages are under way at once, so they may arrive in any order.
#[derive(Clone)]
pub struct WebhookEndpoint {
    shared: Arc<Shared>,
    state: Arc<State>,
}

impl WebhookEndpoint {
    pub(crate) fn new(shared: Arc<Shared>, state: Arc<State>) -> Self {
        Self { shared, state }
    }

    /// The address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.state.url
    }

    /// What deliveries are signed with, `whsec_…`, the newest if there are several: for `CLERK_WEBHOOK_SIGNING_SECRET`.
    #[must_use]
    pub fn signing_secret(&self) -> String {
        let details = self.state.details();
        details
            .secrets
            .last()
            .map(|secret| secret.text().to_owned())
            .unwrap_or_default()
    }

    /// Adds a secret. Deliveries are signed with all of them, until the old ones are [retired](Self::retire_old_secrets).
    ///
    /// # Panics
    /// If the system has no randomness to give.
    pub fn rotate_secret(&self) -> String {
        let secret = new_secret();
        let text = secret.text().to_owned();
        self.state.details().secrets.push(secret);
        text
    }

    /// Signs only with the newest secret.
    pub fn retire_old_secrets(&self) {
        let secrets = &mut self.state.details().secrets;
        let old = secrets.len().saturating_sub(1);
        secrets.drain(..old);
    }

    /// How long to wait after each failed attempt at a message; the last of these pauses is repeated. No pause is shorter
    /// than a millisecond, so that is also what an empty schedule means.
    pub fn retry_schedule(&self, pauses: impl IntoIterator<Item = Duration>) {
        self.state.details().pauses = pauses.into_iter().collect();
    }

    /// All attempts that have ended, the oldest first.
    #[must_use]
    pub fn attempts(&self) -> Vec<WebhookAttempt> {
        self.state.details().attempts.clone()
    }

    /// How many deliveries are not done yet: one of each message that was not taken, and one more for each time that it was
    /// [sent again](Self::resend) meanwhile.
    #[must_use]
    pub fn pending(&self) -> usize {
        *self.state.pending.borrow()
    }

    /// Waits until every message was taken. That may take forever: give it a timeout.
    pub async fn settled(&self) {
        let mut pending = self.state.pending.subscribe();
        // The sender is part of what is borrowed here, so it cannot be gone.
        let _ = pending.wait_for(|pending| *pending == 0).await;
    }

    /// Sends a message once more, taken or not, as the button of Clerk's dashboard does. `false` if there is none with this
    /// id, or if the endpoint was [removed](Self::remove).
    pub fn resend(&self, message_id: impl AsRef<str>) -> bool {
        self.shared.outbox.resend(&self.state, message_id.as_ref())
    }

    /// Sends nothing more to this endpoint, not even what is pending. Nothing is pending from then on; an attempt that is
    /// under way comes to its end.
    pub fn remove(self) {
        self.shared.outbox.remove(&self.state);
    }
}

impl fmt::Debug for WebhookEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookEndpoint")
            .field("url", &self.state.url)
            .field("pending", &self.pending())
            .finish_non_exhaustive()
    }
}
