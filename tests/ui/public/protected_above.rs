use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected, public};

#[protected]
#[public]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
