use clerk_runtime::{UserId, protected};

#[protected]
async fn me(user_id: UserId) -> Result<String, Box<dyn std::error::Error>> {
    Ok(user_id.into())
}

fn main() {
    let _: axum::Router<clerk_runtime::Clerk> = axum::Router::new().route("/", axum::routing::get(me));
}
