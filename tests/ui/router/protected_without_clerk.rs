use clerk_runtime::routing::get;
use clerk_runtime::{GuardedRouter, protected};

#[protected]
async fn handler() {}

fn main() {
    let _: GuardedRouter<()> = GuardedRouter::without_clerk().route("/", get(handler));
}
