use std::sync::Arc;

use axum::extract::FromRef;

use super::WebhookVerifier;

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
