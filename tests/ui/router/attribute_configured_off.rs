use clerk_runtime::routing::get;
use clerk_runtime::{Clerk, GuardedRouter, protected};

#[cfg_attr(any(), protected)]
async fn handler() {}

fn main() {
    let _: GuardedRouter<Clerk> = GuardedRouter::new().route("/", get(handler));
}
