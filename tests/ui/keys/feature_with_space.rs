use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(feature = "csv export")]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
