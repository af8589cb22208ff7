use axum::{Router, routing::get};
use clerk_runtime::{UserId, protected};

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.into()
}

fn app() -> Router {
    Router::new().route("/me", get(me))
}

fn main() {
    let _ = app();
}
