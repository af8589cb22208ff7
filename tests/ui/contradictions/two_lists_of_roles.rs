use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(any(role = "org:a", role = "org:b"), any(role = "org:c", role = "org:d"))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
