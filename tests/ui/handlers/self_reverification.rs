use axum::routing::{MethodRouter, get};
use clerk_runtime::authorize::Reverification;
use clerk_runtime::{Clerk, handlers, protected};

struct Handlers;

#[handlers]
impl Handlers {
    const FRESH: Reverification = Reverification::Strict;

    #[protected(reverification = Self::FRESH)]
    async fn handler() {}
}

fn main() {
    let _: MethodRouter<Clerk> = get(Handlers::handler);
}
