use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, handlers, protected};

struct Handlers;

#[handlers]
#[handlers]
impl Handlers {
    #[protected]
    async fn handler() {}
}

fn main() {
    let _: MethodRouter<Clerk> = get(Handlers::handler);
}
