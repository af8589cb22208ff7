use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, UserId, protected};

#[protected]
async fn handler(#[extract(user_id)] me: UserId) { let _ = me; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
