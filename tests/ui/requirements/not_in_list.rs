use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(all(plan = "pro", not(role = "org:guest")))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
