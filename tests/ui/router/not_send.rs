use std::rc::Rc;

use clerk_runtime::routing::get;
use clerk_runtime::{Clerk, GuardedRouter, public};

#[public]
async fn held() {
    let held = Rc::new(1);
    std::future::ready(()).await;
    drop(held);
}

fn app() -> GuardedRouter<Clerk> {
    GuardedRouter::new().route("/", get(held))
}

fn main() {}
