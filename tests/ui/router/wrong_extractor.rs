use clerk_runtime::routing::get;
use clerk_runtime::{Clerk, GuardedRouter, protected};

#[protected]
async fn handler(#[extract] _id: u32) {}

fn main() {
    let _: GuardedRouter<Clerk> = GuardedRouter::new().route("/", get(handler));
}
