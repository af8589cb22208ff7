use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, public};

type Name = String;

#[public]
async fn handler(tenant_id: Name) { let _ = tenant_id; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
