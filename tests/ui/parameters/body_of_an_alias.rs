use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

type Name = String;

#[protected]
async fn handler(user: crate::Name) { let _ = user; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
