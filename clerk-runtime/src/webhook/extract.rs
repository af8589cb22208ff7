//! The extractor of events for axum, its rejection, and the states that it works with.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRef, FromRequest, Request};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::CONTENT_TYPE;

use super::{WebhookError, WebhookEvent, WebhookVerifier};

use crate::clock::{Clock, SystemClock};
use crate::error_text::debug_as_display;
use crate::tally::Tally;

/// An event that Clerk sent, as the last parameter of a handler.
///
/// ```
/// use axum::{Router, http::StatusCode, routing::post};
/// use clerk_runtime::webhook::{Event, Webhook, WebhookVerifier};
///
/// async fn receive(Webhook(event): Webhook) -> StatusCode {
///     match event.event {
///         Event::UserCreated(user) => println!("{} is new", user.id),
///         _ => {}
///     }
///     // Clerk sends the event again unless it gets a 2xx.
///     StatusCode::NO_CONTENT
/// }
///
/// # fn app() -> Result<Router, clerk_runtime::ConfigError> {
/// let app = Router::new().route("/webhooks", post(receive)).with_state(WebhookVerifier::from_env()?);
/// # Ok(app) }
/// ```
///
/// The bytes of the body are verified before anything parses them; a request that is not even well formed, or too old, is
/// refused before its body is read. Rejects with a [`WebhookRejection`].
#[derive(Debug, Clone, PartialEq)]
pub struct Webhook(pub WebhookEvent);

impl<S: HasWebhookVerifier + Send + Sync> FromRequest<S> for Webhook {
    type Rejection = WebhookRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebhookRejection> {
        let verifier = state.webhook_verifier();
        let (parts, body) = request.into_parts();
        verifier.parse_headers(&parts.headers)?;
        let mut request = Request::new(body);
        DefaultBodyLimit::max(verifier.body_limit).apply(&mut request);
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| WebhookRejection::from_body_status(rejection.status()))?;
        let event = verifier.verify_once(&parts.headers, &body).await?;
        Ok(Self(event))
    }
}

impl From<WebhookError> for WebhookRejection {
    fn from(error: WebhookError) -> Self {
        match error {
            WebhookError::ReplayGuard => Self::Unavailable,
            error => Self::NotVerified(error),
        }
    }
}

/// Why a delivery did not get to its handler.
///
/// | variant | status | body |
/// | --- | --- | --- |
/// | `NotVerified`, `Unreadable` | 400 | `{"error":"Webhook not verified"}` |
/// | `TooLarge` | 413 | `{"error":"Webhook too large"}` |
/// | `Unavailable` | 503 | `{"error":"Webhooks are unavailable"}` |
///
/// No body tells why a delivery is not believed; that is in the logs, at the level `WARN`.
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WebhookRejection {
    /// It is not Clerk's, or not of these minutes, or no event.
    #[error("webhook not verified: {0}")]
    NotVerified(WebhookError),
    /// The body broke off.
    #[error("webhook not verified: its body could not be read")]
    Unreadable,
    /// The body is longer than [`body_limit`](super::WebhookVerifier::body_limit).
    #[error("webhook not verified: its body is longer than `body_limit`")]
    TooLarge,
    /// The replay guard does not answer. Clerk sends the message again.
    #[error("webhook not verified: {}", WebhookError::ReplayGuard)]
    Unavailable,
}

debug_as_display!(WebhookRejection);

impl WebhookRejection {
    fn from_body_status(status: StatusCode) -> Self {
        match status {
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            _ => Self::Unreadable,
        }
    }

    /// A stable code for it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotVerified(error) => error.code(),
            Self::Unreadable => "webhook-unreadable",
            Self::TooLarge => "webhook-too-large",
            Self::Unavailable => WebhookError::ReplayGuard.code(),
        }
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotVerified(_) | Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The JSON body of the response.
    pub fn body(&self) -> &'static str {
        match self {
            Self::NotVerified(_) | Self::Unreadable => r#"{"error":"Webhook not verified"}"#,
            Self::TooLarge => r#"{"error":"Webhook too large"}"#,
            Self::Unavailable => r#"{"error":"Webhooks are unavailable"}"#,
        }
    }
}

impl IntoResponse for WebhookRejection {
    fn into_response(self) -> Response {
        static REFUSED: Tally = Tally::new();
        // Any stranger can send a request to the address of a webhook.
        tracing::debug!(reason = self.code(), "webhook refused: {self}");
        if let Some(requests) = REFUSED.count(SystemClock.monotonic()) {
            tracing::warn!(
                requests,
                reason = self.code(),
                "webhook refused: {self}; further ones are told once a minute, and each at the level DEBUG"
            );
        }
        (self.status(), [(CONTENT_TYPE, "application/json")], self.body()).into_response()
    }
}

/// Router states that a [`WebhookVerifier`] can be had from: every state with `WebhookVerifier: FromRef<State>`, and an
/// `Arc` of one.
///
/// ```
/// use axum::extract::FromRef;
/// use clerk_runtime::Clerk;
/// use clerk_runtime::webhook::WebhookVerifier;
///
/// #[derive(Clone)]
/// struct AppState {
///     clerk: Clerk,
///     webhooks: WebhookVerifier,
/// }
///
/// impl FromRef<AppState> for WebhookVerifier {
///     fn from_ref(state: &AppState) -> Self {
///         state.webhooks.clone()
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "the router state `{Self}` holds no `WebhookVerifier`, so webhooks cannot be received",
    label = "no `WebhookVerifier` in this state",
    note = "pass a `WebhookVerifier` to `with_state`, or give your state a field of that type and derive `FromRef`"
)]
pub trait HasWebhookVerifier {
    /// What verifies the deliveries to this router.
    fn webhook_verifier(&self) -> WebhookVerifier;
}

#[diagnostic::do_not_recommend]
impl<S> HasWebhookVerifier for S
where
    WebhookVerifier: FromRef<S>,
{
    fn webhook_verifier(&self) -> WebhookVerifier {
        WebhookVerifier::from_ref(self)
    }
}

#[diagnostic::do_not_recommend]
impl<S: HasWebhookVerifier> HasWebhookVerifier for Arc<S> {
    fn webhook_verifier(&self) -> WebhookVerifier {
        S::webhook_verifier(self)
    }
}
