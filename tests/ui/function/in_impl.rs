use clerk_runtime::{UserId, protected};

struct Handlers;

impl Handlers {
    #[protected]
    async fn handler(user_id: UserId) -> String {
        user_id.into()
    }
}

fn main() {}
