use clerk_runtime::{UserId, protected};

#[protected]
async fn me(user_id: UserId, id: u64) -> String {
    format!("{user_id}{id}")
}

fn main() {
    let _: axum::Router<clerk_runtime::Clerk> = axum::Router::new().route("/{id}", axum::routing::get(me));
}
