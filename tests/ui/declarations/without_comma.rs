use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, permissions, protected};

permissions! {
    Perm {
        Read = "org:invoices:read"
        Write = "org:invoices:write"
    }
}

#[protected(permission = Perm::Read)]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
