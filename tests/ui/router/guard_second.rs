use axum::extract::Path;
use clerk_runtime::routing::get;
use clerk_runtime::{Clerk, GuardedRouter, Public};

async fn handler(_: Path<u32>, _: Public) {}

fn main() {
    let _: GuardedRouter<Clerk> = GuardedRouter::new().route("/{id}", get(handler));
}
