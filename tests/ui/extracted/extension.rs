use axum::Extension;
use clerk_runtime::{UserId, protected};

#[protected]
async fn me(Extension(user_id): Extension<UserId>) -> String {
    user_id.into()
}

fn main() {}
