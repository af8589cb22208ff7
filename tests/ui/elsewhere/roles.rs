use clerk_runtime::{UserId, protected};

#[protected(roles = ["org:admin", "org:member"])]
async fn me(user_id: UserId) {
    let _ = user_id;
}

fn main() {}
