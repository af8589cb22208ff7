use clerk_runtime::{UserId, protected};

#[protected]
#[axum::debug_handler]
async fn me(user_id: UserId) -> String {
    user_id.into()
}

fn main() {}
