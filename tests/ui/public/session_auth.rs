use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, SessionAuth, public};

#[public]
async fn handler(auth: SessionAuth) {
    let _ = auth;
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
