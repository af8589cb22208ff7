use clerk_runtime::routing::get;
use clerk_runtime::{Clerk, GuardedRouter, Public};

async fn create() {}

fn main() {
    let _: GuardedRouter<Clerk> =
        GuardedRouter::new().route("/", get(|_: Public| async {}).post(create));
}
