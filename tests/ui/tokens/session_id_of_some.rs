use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, SessionId, protected};

#[protected(token = any("session_token", "api_key"))]
async fn handler(session_id: SessionId) {
    let _ = session_id;
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
