use axum::Json;
use clerk_runtime::{UserId, protected};

#[protected]
async fn me(user_id: UserId, Json(item): Json<u32>, body: String) -> String {
    format!("{item}{user_id}{body}")
}

fn main() {}
