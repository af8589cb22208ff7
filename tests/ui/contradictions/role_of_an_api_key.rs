use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(token = "api_key", role = "org:admin")]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
