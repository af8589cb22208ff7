use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, handlers, protected, public};

struct Handlers;

#[handlers]
impl Handlers {
    #[protected]
    async fn handler(user: String) { let _ = user; }

    #[public]
    async fn other(role: String) { let _ = role; }
}

fn main() {
    let _: MethodRouter<Clerk> = get(Handlers::handler);
}
