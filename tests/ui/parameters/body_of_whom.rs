use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(user_text: String) { let _ = user_text; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
