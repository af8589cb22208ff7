use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, SessionId, protected};

#[protected(token = "api_key")]
async fn handler(session_id: Option<SessionId>) {
    let _ = session_id;
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
