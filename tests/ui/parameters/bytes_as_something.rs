use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(upload: Vec<u8>) { let _ = upload; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
