use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(token = any("session_token", "api_key"), plan = "pro")]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
