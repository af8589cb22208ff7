use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(role = 1)]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
