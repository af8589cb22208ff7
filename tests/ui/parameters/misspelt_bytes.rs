use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};
use axum::body::Bytes;

#[protected]
async fn handler(clams: Bytes) { let _ = clams; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
