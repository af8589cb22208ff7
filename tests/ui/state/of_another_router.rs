use clerk_runtime::{Clerk, UserId, protected};
use axum::extract::State;

#[derive(Clone)]
struct Pool;

#[protected(state = Clerk)]
async fn me(user_id: UserId, State(pool): State<Pool>) -> String { let _ = pool; user_id.into() }

fn main() {}
