use axum::routing::get;
use clerk_runtime::{Clerk, GuardedRouter, protected};

#[protected]
async fn handler() {}

fn main() {
    let _: GuardedRouter<Clerk> = GuardedRouter::new().route("/", get(handler));
}
