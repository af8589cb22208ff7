use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

const ADMIN: &str = "org:admin";

#[protected(role = ADMIN)]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
