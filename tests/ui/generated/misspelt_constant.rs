use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, permissions, protected};

permissions! { Perm { InvoicesRead = "org:invoices:read", InvoicesWrite = "org:invoices:write" } }

macro_rules! handler {
    ($permission:path) => {
        #[protected(any(plan = "pro", permission = $permission))]
        async fn handler() {}
    };
}

handler!(Perm::InvoicesRaed);

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
