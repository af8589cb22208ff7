use clerk_runtime::{UserId, protected};

struct Users;

trait Service {
    async fn me(user_id: UserId) -> String;
}

impl Service for Users {
    #[protected]
    async fn me(user_id: UserId) -> String {
        user_id.into()
    }
}

fn main() {}
