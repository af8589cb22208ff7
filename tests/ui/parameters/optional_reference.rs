use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, OrgId, protected};

#[protected]
async fn handler(org_id: Option<&OrgId>) { let _ = org_id; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
