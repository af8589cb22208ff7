use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(upload: crate::Missing) { let _ = upload; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
