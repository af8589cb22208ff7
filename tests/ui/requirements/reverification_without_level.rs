use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(reverification(after_minutes = 10))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
