use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(feature = "export", all(plan = "pro", feature = "export"))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
