use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(any(role = "org:admin", permission = "org:sys_memberships:read"))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
