use axum::routing::{MethodRouter, get};
use clerk_runtime::{Claims, Clerk, protected};

#[derive(serde::Deserialize)]
struct Custom {}

#[protected(token = any("session_token", "oauth_token"))]
async fn handler(claims: Claims<Custom>) {
    let _ = claims;
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
