use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, SessionAuth, protected};

#[protected(token = "api_key")]
async fn handler(auth: SessionAuth) {
    let _ = auth;
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
