use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(crate = ::clerk_runtime, crate = clerk_runtime)]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
