use axum::body::Bytes;
use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(organization_id: Bytes) { let _ = organization_id; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
