use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(org_slug: &str) { let _ = org_slug; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
