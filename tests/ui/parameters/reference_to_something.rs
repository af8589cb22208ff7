use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, UserId, protected};

#[protected]
async fn handler(limit: &u64, user_id: UserId) { let _ = (limit, user_id); }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
