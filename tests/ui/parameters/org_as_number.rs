use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(org_id: u64) { let _ = org_id; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
