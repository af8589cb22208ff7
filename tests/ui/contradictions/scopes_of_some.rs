use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(token = any("session_token", "api_key"), any(scope = "a", scope = "b"))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
