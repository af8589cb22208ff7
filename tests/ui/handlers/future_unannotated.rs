use std::future::Future;

use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, handlers};

struct Handlers;

#[handlers]
impl Handlers {
    fn handler() -> impl Future<Output = ()> + Send { async {} }
}

fn main() {
    let _: MethodRouter<Clerk> = get(Handlers::handler);
}
