use std::pin::Pin;

use clerk_runtime::{UserId, protected};

// What `#[async_trait]` makes of `async fn me(user_id: UserId) -> String`.
trait Service {
    #[protected]
    fn me<'async_trait>(
        user_id: UserId,
    ) -> Pin<Box<dyn Future<Output = String> + Send + 'async_trait>> {
        Box::pin(async move { user_id.into() })
    }
}

fn main() {}
