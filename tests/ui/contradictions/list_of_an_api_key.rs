use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(token = "api_key", any(role = "org:admin", plan = "pro"))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
