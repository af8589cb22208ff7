use clerk_runtime::{Clerk, UserId, protected};

#[protected]
async fn me(user_id: UserId, clerk: Clerk) -> String {
    let _ = clerk;
    user_id.into()
}

fn main() {
    let _: axum::Router<clerk_runtime::Clerk> = axum::Router::new().route("/", axum::routing::get(me));
}
