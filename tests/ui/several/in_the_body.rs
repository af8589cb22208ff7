use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, UserId, protected};

#[protected]
async fn handler(user_id: &UserId) -> String {
    let number: u64 = user_id;
    user_id.nonsense()
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
