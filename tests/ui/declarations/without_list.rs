use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, plans, protected};

plans! { Plans }

#[protected(plan = Plans::Pro)]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
