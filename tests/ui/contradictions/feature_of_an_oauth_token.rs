use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(token = "oauth_token", feature = "export")]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
