use axum::routing::{MethodRouter, get};
use clerk_runtime::{Claims, Clerk, public};

#[public]
async fn handler(claims: Claims<()>) {
    let _ = claims;
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
