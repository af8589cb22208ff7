use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(sesion_id: &str) { let _ = sesion_id; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
