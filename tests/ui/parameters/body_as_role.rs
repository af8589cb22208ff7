use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(role: Option<String>) { let _ = role; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
