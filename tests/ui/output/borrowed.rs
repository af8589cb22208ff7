use clerk_runtime::{UserId, protected};

#[protected]
async fn me(user_id: &UserId) -> &str {
    user_id
}

fn main() {}
