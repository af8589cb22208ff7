use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(token = any("api_key", "api_key"))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
