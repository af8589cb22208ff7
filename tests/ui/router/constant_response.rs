use clerk_runtime::routing::get;
use clerk_runtime::{Clerk, GuardedRouter};

fn main() {
    let _: GuardedRouter<Clerk> = GuardedRouter::new().route("/", get("hello"));
}
