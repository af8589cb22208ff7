use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, public};

#[public]
#[public]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
