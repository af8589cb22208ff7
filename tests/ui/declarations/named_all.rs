use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, permissions, protected};

permissions! { Perm { ALL = "org:invoices:read" } }

#[protected(permission = Perm::ALL)]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
