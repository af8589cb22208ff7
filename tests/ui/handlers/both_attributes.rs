use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, handlers, protected, public};

struct Handlers;

#[handlers]
impl Handlers {
    #[public]
    #[protected]
    async fn handler() {}
}

fn main() {
    let _: MethodRouter<Clerk> = get(Handlers::handler);
}
