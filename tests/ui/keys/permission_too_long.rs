use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(permission = "org:invoices:lines:read")]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
