use std::sync::Arc;

use serde_json::Value;

use super::{WebhookEndpoint, WebhookUrlError};
use crate::LocalInstance;

/// Webhooks.
impl LocalInstance {
    /// Sends all events from now on to an endpoint on this machine, such as `http://127.0.0.1:3000/webhooks`, signed with a
    /// secret of its own: all [changes](Self::changes) as they happen, and what is [delivered](Self::deliver) by hand.
    ///
    /// ```
    /// # async fn example(instance: clerk_testing::LocalInstance) -> Result<(), Box<dyn std::error::Error>> {
    /// let endpoint = instance.webhook("http://127.0.0.1:3000/webhooks")?;
    /// // Start the application with `CLERK_WEBHOOK_SIGNING_SECRET` as `endpoint.signing_secret()`.
    /// instance.update_user("ada", serde_json::json!({ "last_name": "Byron" }));
    /// endpoint.settled().await;
    /// assert_eq!(endpoint.attempts()[0].event_type, "user.created");
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// The address is not on this machine.
    pub fn webhook(&self, url: impl AsRef<str>) -> Result<WebhookEndpoint, WebhookUrlError> {
        let state = self.shared.outbox.add_endpoint(url.as_ref())?;
        Ok(WebhookEndpoint::new(Arc::clone(&self.shared), state))
    }

    /// Sends an event of any type, such as `subscription.pastDue`, to all endpoints, and says under which message id.
    pub fn deliver(&self, event_type: impl AsRef<str>, data: Value) -> String {
        self.shared.outbox.publish(event_type.as_ref(), &data)
    }
}
