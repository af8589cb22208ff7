use clerk_runtime::{UserId, protected};

#[protected(optional)]
async fn me(user_id: UserId) {
    let _ = user_id;
}

fn main() {}
