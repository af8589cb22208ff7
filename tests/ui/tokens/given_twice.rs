use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(token = "api_key", token = "m2m_token")]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
