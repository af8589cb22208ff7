use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, OrgId, public};

#[public]
async fn handler(org_id: OrgId) {
    let _ = org_id;
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
