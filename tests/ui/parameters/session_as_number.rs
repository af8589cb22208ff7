use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(session_id: u64) { let _ = session_id; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
