use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, permissions, protected};

permissions! { Perm { InvoicesRead = "org:invoices:read", InvoicesWrite = "org:invoices:write" } }

#[protected(any(plan = "pro", all(permission = Perm::InvoicesWrite, permission = Perm::InvoicesRaed)))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
