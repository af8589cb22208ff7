use clerk_runtime::routing::get;
use clerk_runtime::{Clerk, GuardedRouter};

#[cfg_attr(any(), clerk_runtime::protected)]
async fn handler() {}

fn main() {
    let _: GuardedRouter<Clerk> = GuardedRouter::new().route("/", get(handler));
}
