use axum::Json;
use axum::extract::Path;
use clerk_runtime::{UserId, protected};

#[protected]
async fn me(Json(body): Json<u32>, user_id: UserId, Path(id): Path<u32>) -> String {
    format!("{body}{user_id}{id}")
}

fn main() {}
