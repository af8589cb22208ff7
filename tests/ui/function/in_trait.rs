use clerk_runtime::{UserId, protected};

trait Service {
    #[protected]
    async fn me(user_id: UserId) -> String {
        user_id.into()
    }
}

fn main() {}
