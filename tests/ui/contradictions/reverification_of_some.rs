use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(token = any("session_token", "oauth_token"), reverification = "lax")]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
