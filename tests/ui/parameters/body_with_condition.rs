use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(#[cfg(any())] user: String) {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
