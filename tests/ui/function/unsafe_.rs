use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, UserId, protected};

#[protected]
async unsafe fn handler(user_id: UserId) -> String {
    user_id.into()
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
