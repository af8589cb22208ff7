use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(any(plan = "pro", all(role = "org:admin", role = "org:member")))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
