use std::pin::Pin;

use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, handlers};

struct Handlers;

#[handlers]
impl Handlers {
    fn handler() -> Pin<Box<dyn Future<Output = ()> + Send>> { Box::pin(async {}) }
}

fn main() {
    let _: MethodRouter<Clerk> = get(Handlers::handler);
}
