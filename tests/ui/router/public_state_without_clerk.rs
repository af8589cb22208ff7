use clerk_runtime::routing::get;
use clerk_runtime::{GuardedRouter, Public};

#[derive(Clone)]
struct App;

fn main() {
    let _: GuardedRouter<App> = GuardedRouter::new().route("/", get(|_: Public| async {}));
}
