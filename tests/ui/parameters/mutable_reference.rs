use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, UserId, protected};

#[protected]
async fn handler(user_id: &mut UserId) { let _ = user_id; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
