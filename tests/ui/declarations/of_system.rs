use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, permissions, protected};

permissions! { Perm { Read = "org:sys_memberships:read" } }

#[protected(permission = Perm::Read)]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
