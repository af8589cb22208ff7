use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(user_id: &[u8]) { let _ = user_id; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
