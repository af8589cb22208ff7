use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(token = "m2m_token", reverification = "strict")]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
