use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};
use axum::extract::Path;

#[protected]
async fn handler(user_id: Path<String>) { let _ = user_id; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
