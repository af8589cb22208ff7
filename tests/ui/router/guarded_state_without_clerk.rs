use clerk_runtime::routing::get;
use clerk_runtime::{GuardedRouter, protected};

#[derive(Clone)]
struct App;

#[protected]
async fn handler() {}

fn main() {
    let _: GuardedRouter<App> = GuardedRouter::new().route("/", get(handler));
}
