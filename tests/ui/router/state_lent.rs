use clerk_runtime::routing::get;
use clerk_runtime::{Clerk, GuardedRouter, UserId, protected};

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.into()
}

fn app(clerk: &Clerk) -> GuardedRouter {
    GuardedRouter::new().route("/me", get(me)).with_state(&clerk)
}

fn main() {}
