use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, OrgId, protected};

#[protected]
async fn handler(user_id: OrgId) { let _ = user_id; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
