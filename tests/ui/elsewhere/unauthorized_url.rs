use clerk_runtime::{UserId, protected};

#[protected(unauthorizedUrl = "/login")]
async fn me(user_id: UserId) {
    let _ = user_id;
}

fn main() {}
