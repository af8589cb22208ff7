use axum::routing::{MethodRouter, get};
use clerk_runtime::authorize::Role;
use clerk_runtime::{Clerk, handlers, protected};

struct Handlers;

#[handlers]
impl Handlers {
    const ADMIN: Role<'static> = Role("org:admin");

    #[protected(role = Self::ADMIN)]
    async fn handler() {}
}

fn main() {
    let _: MethodRouter<Clerk> = get(Handlers::handler);
}
