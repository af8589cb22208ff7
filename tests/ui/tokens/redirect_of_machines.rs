use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(token = "api_key", redirect_to_sign_in)]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
