use axum::routing::{MethodRouter, get};
use clerk_runtime::{Claims, Clerk, protected};

#[protected]
async fn handler(claims: Option<Claims<Vec<String>>>) { let _ = claims; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
