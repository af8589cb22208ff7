use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, handlers};

struct Handlers;

#[handlers]
impl Handlers {
    async fn handler() {}
}

fn main() {
    let _: MethodRouter<Clerk> = get(Handlers::handler);
}
