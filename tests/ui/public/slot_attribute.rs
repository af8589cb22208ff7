use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, public};

#[public]
async fn handler(#[auth(user_id)] me: String) {
    let _ = me;
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
