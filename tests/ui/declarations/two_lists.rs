use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, permissions, protected};

permissions! {
    Perm { Read = "org:invoices:read" }
    Drafts { Write = "org:drafts:write" }
}

#[protected(any(permission = Perm::Read, permission = Drafts::Write))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
