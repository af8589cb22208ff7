use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, handlers, protected, public};

struct Handlers;

type Name = String;

#[handlers]
impl Handlers {
    #[protected]
    async fn handler(user: Name) { let _ = user; }

    #[public]
    async fn other(role: Name) { let _ = role; }
}

fn main() {
    let _: MethodRouter<Clerk> = get(Handlers::handler);
}
