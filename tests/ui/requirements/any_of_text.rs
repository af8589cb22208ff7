use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(any(role = "org:admin", "org:member"))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
