//! What Clerk tells an application by webhooks (Clerk docs: `verifyWebhook()`; Standard Webhooks 1.0).
//!
#![cfg_attr(
    feature = "axum",
    doc = r#"
```
use axum::http::StatusCode;
use clerk_runtime::webhook::{Event, Webhook};

async fn receive(Webhook(event): Webhook) -> StatusCode {
    match event.event {
        Event::UserCreated(user) | Event::UserUpdated(user) => println!("{} is here", user.id),
        Event::UserDeleted(user) => println!("{} is gone", user.id),
        _ => {}
    }
    StatusCode::NO_CONTENT
}
```

The state of the router holds a [`WebhookVerifier`]; without one it does not compile. What is not Clerk's gets 400 with a
constant body, see [`WebhookRejection`].
"#
)]
//!
//! # Without axum
//!
//! ```
//! use clerk_runtime::webhook::{WebhookError, WebhookEvent, WebhookVerifier};
//! use http::HeaderMap;
//!
//! fn receive(verifier: &WebhookVerifier, headers: &HeaderMap, body: &[u8]) -> Result<WebhookEvent, WebhookError> {
//!     verifier.verify(headers, body)
//! }
//! ```
//!
//! The signature is over the bytes that were sent, so verify them before anything parses them.
//!
//! # Again and out of order
//!
//! Clerk sends a message again, with the same [id](WebhookEvent::message_id), until it gets a 2xx, and promises no order. A
//! handler therefore stores the message id in one transaction with what it does, answers 2xx to an id that is stored, and
//! lets no event undo a newer state: it compares `updated_at`, and what was deleted stays deleted. `examples/webhooks` does
//! all of this. A [`ReplayGuard`] is something else: it keeps out who repeats a request that was overheard.
//!
//! # Rotation
//!
//! [`WebhookVerifier::with_secrets`] takes the old and the new secret, as does `CLERK_WEBHOOK_SIGNING_SECRET` with a comma
//! between them.

pub mod data;
mod delivery;
mod error;
mod event;
#[cfg(feature = "axum")]
mod extract;
#[cfg(feature = "axum")]
mod post;
mod replay;
mod verifier;
mod webhook_event;

pub use delivery::Delivery;
pub use error::WebhookError;
pub use event::Event;
#[cfg(feature = "axum")]
pub use extract::{HasWebhookVerifier, Webhook, WebhookRejection};
#[cfg(feature = "axum")]
pub use post::post;
pub use replay::{RecentDeliveries, ReplayGuard, ReplayGuardError, ReplayGuardFuture, Sighting};
pub use verifier::WebhookVerifier;
pub use webhook_event::{EventAttributes, HttpRequest, WebhookEvent};
