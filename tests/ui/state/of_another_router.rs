use axum::extract::State;
use clerk_runtime::{Clerk, UserId, protected};

#[derive(Clone)]
struct Pool;

#[protected(state = Clerk)]
async fn me(user_id: UserId, State(pool): State<Pool>) -> String {
    let _ = pool;
    user_id.into()
}

fn main() {}
