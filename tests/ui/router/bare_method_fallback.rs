use clerk_runtime::routing::get;
use clerk_runtime::{Clerk, GuardedRouter, Public};

async fn not_allowed() {}

fn main() {
    let methods = get(|_: Public| async {}).fallback(not_allowed);
    let _: GuardedRouter<Clerk> = GuardedRouter::new().route("/", methods);
}
