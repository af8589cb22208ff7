use clerk_runtime::{UserId, protected};

#[protected("org:invoices:read")]
async fn me(user_id: UserId) {
    let _ = user_id;
}

fn main() {}
