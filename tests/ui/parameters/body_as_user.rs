use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(user: String) { let _ = user; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
