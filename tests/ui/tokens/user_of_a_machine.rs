use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, UserId, protected};

#[protected(token = "m2m_token")]
async fn handler(user_id: Option<UserId>) {
    let _ = user_id;
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
