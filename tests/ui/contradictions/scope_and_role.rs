use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(token = "any", scope = "invoices:read", role = "org:admin")]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
