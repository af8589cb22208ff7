use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(reverification(level = "second_factor", after_minutes = 0))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
