use axum::Router;
use axum::routing::post;
use clerk_runtime::Clerk;
use clerk_runtime::webhook::Webhook;

async fn receive(_: Webhook) {}

fn app(clerk: Clerk) -> Router {
    Router::new().route("/webhooks", post(receive)).with_state(clerk)
}

fn main() {}
