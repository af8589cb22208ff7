use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(permision = "org:invoices:read")]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
