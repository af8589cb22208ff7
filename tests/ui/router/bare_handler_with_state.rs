use axum::extract::{Path, State};
use clerk_runtime::routing::get;
use clerk_runtime::{Clerk, GuardedRouter};

async fn handler(_: Path<u32>, _: State<Clerk>) {}

fn main() {
    let _: GuardedRouter<Clerk> = GuardedRouter::new().route("/{id}", get(handler));
}
