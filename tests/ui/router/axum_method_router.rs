use axum::routing::MethodRouter;
use clerk_runtime::{Clerk, GuardedRouter};

fn mount(methods: MethodRouter<Clerk>) -> GuardedRouter<Clerk> {
    GuardedRouter::new().route("/", methods)
}

fn main() {}
