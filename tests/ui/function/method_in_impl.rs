use clerk_runtime::{UserId, protected};

struct Users;

impl Users {
    #[protected]
    async fn me(&self, user_id: UserId) -> String {
        user_id.into()
    }
}

fn main() {}
