use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(token = "api_key", scope = "a", all(scope = "b", scope = "a"))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
