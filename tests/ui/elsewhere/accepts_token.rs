use clerk_runtime::{UserId, protected};

#[protected(acceptsToken = "api_key")]
async fn me(user_id: UserId) {
    let _ = user_id;
}

fn main() {}
