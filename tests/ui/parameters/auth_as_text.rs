use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(auth: String) { let _ = auth; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
