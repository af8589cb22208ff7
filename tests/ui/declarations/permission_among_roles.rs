use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected, roles};

roles! { Roles { Read = "org:invoices:read" } }

#[protected(role = Roles::Read)]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
