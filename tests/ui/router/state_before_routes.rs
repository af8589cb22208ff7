use clerk_runtime::routing::get;
use clerk_runtime::{Clerk, GuardedRouter, UserId, protected};

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.into()
}

fn app(clerk: Clerk) -> GuardedRouter {
    GuardedRouter::new().with_state(clerk).route("/me", get(me))
}

fn main() {}
