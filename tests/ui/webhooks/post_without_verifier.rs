use clerk_runtime::webhook::{self, Webhook};
use clerk_runtime::Clerk;

async fn receive(Webhook(event): Webhook) { let _ = event; }

fn main() { let _: axum::Router = axum::Router::new().route("/", webhook::post(receive)).with_state(Clerk::from_env().unwrap()); }
