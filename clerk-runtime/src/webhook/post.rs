use axum::handler::Handler;
use axum::routing::MethodRouter;

use super::HasWebhookVerifier;

/// Routes `POST` requests to a handler that takes a [`Webhook`](super::Webhook), as axum's `post` does, with an error of its
/// own for a state that holds no [`WebhookVerifier`](super::WebhookVerifier).
///
/// ```
/// use axum::Router;
/// use clerk_runtime::webhook::{self, Webhook, WebhookVerifier};
///
/// async fn receive(Webhook(event): Webhook) {
///     println!("{}", event.event.event_type());
/// }
///
/// let app: Router<WebhookVerifier> = Router::new().route("/webhooks", webhook::post(receive));
/// ```
pub fn post<H, T, S>(handler: H) -> MethodRouter<S>
where
    S: HasWebhookVerifier + Clone + Send + Sync + 'static,
    H: Handler<T, S>,
    T: 'static,
{
    axum::routing::post(handler)
}
