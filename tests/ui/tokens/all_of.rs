use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(token = all("api_key", "session_token"))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
