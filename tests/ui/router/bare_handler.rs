use clerk_runtime::routing::get;
use clerk_runtime::{Clerk, GuardedRouter};

async fn handler() {}

fn main() {
    let _: GuardedRouter<Clerk> = GuardedRouter::new().route("/", get(handler));
}
