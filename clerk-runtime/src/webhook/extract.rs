use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};

use super::{HasWebhookVerifier, WebhookError, WebhookEvent, WebhookRejection};

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
