use clerk_runtime::{UserId, protected};

struct Handlers;

impl Handlers {
    #[protected]
    async fn handler(user_id: UserId) -> String {
        Self::greet(&user_id)
    }

    fn greet(user_id: &str) -> String {
        user_id.to_owned()
    }
}

fn main() {}
