use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(greeting: String) { let _ = greeting; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
