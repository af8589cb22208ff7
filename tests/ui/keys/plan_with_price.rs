use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(plan = "pro:monthly:20")]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
