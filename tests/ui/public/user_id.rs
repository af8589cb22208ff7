use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, UserId, public};

#[public]
async fn handler(user_id: UserId) {
    let _ = user_id;
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
