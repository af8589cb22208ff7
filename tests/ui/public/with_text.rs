use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, public};

#[public("everybody")]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
