use clerk_runtime::Clerk;
use clerk_runtime::webhook::Webhook;

#[axum::debug_handler(state = Clerk)]
async fn receive(_: Webhook) {}

fn main() {}
