use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, handlers, protected};

struct Handlers;

#[handlers]
impl Handlers {
    #[protected(state = Self)]
    async fn handler() {}
}

fn main() {
    let _: MethodRouter<Clerk> = get(Handlers::handler);
}
