use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, permissions, protected};

permissions! { Perm { InvoicesRead = "org:invoices:read", InvoicesWrite = "org:invoices:write" } }

#[protected(permission = Perm)]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
