use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(token = "any")]
async fn handler(user_id: &str) {
    let _ = user_id;
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
