//! Verification of what Clerk sends to an application (Clerk docs: `verifyWebhook()`; Standard Webhooks 1.0).
//!
//! ```
//! use clerk_runtime::webhook::{Webhook, WebhookError, WebhookEvent};
//! use http::HeaderMap;
//!
//! fn receive(webhook: &Webhook, headers: &HeaderMap, body: &[u8]) -> Result<WebhookEvent, WebhookError> {
//!     let event = webhook.verify(headers, body)?;
//!     if event.event_type == "user.deleted" {
//!         println!("{:?} is gone", event.data["id"]);
//!     }
//!     Ok(event)
//! }
//! ```
//!
//! The signature is over the bytes that were sent, so verify them before anything parses them. A message may come twice:
//! remember the `svix-id`s of the last minutes if that matters.

mod error;
mod signature;
mod verifier;

pub use error::WebhookError;
pub use verifier::{Webhook, WebhookEvent};
