use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(role = "org:admin", any(role = "org:member", role = "org:guest"))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
