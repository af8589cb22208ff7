use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, public};

#[public]
async fn handler(user_id: String) {
    let _ = user_id;
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
