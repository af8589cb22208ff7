use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(auth: &str) { let _ = auth; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
