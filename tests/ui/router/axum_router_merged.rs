use axum::Router;
use clerk_runtime::{Clerk, GuardedRouter};

fn mount(router: Router<Clerk>) -> GuardedRouter<Clerk> {
    GuardedRouter::new().merge(router)
}

fn main() {}
