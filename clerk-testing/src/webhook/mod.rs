//! Webhooks: endpoints of applications, and what is sent to them until they take it.

mod attempt;
mod deliveries;
mod endpoint;
mod message;
mod outbox;
mod registration;
mod sender;
mod signing;
mod url;

pub use attempt::WebhookAttempt;
pub use endpoint::WebhookEndpoint;
pub(crate) use outbox::Outbox;
pub(crate) use sender::send_all;
pub use url::WebhookUrlError;
