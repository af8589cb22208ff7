use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, UserId, protected};

#[protected]
async fn handler(session_id: UserId) { let _ = session_id; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
