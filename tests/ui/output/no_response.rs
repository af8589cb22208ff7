use clerk_runtime::{UserId, protected};

struct User {
    id: UserId,
}

#[protected]
async fn me(user_id: UserId) -> User {
    User { id: user_id }
}

fn main() {
    let _: axum::Router<clerk_runtime::Clerk> = axum::Router::new().route("/", axum::routing::get(me));
}
