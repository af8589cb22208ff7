use axum::routing::{MethodRouter, get};
use clerk_runtime::{Claims, Clerk, handlers, protected};

#[derive(serde::Deserialize)]
struct Handlers;

#[handlers]
impl Handlers {
    #[protected]
    async fn handler(claims: Claims<Self>) {
        let _ = claims;
    }
}

fn main() {
    let _: MethodRouter<Clerk> = get(Handlers::handler);
}
