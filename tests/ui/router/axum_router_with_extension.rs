use axum::Router;
use clerk_runtime::routing::axum::get;
use clerk_runtime::{UserId, protected};

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.into()
}

fn main() {
    let _: Router = Router::new().route("/me", get(me)).layer(axum::Extension(clerk_runtime::Clerk::from_env().unwrap()));
}
