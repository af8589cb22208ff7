use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(any(plan = "pro", plan = "pro"))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
