use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};
use axum::Json;

#[protected]
async fn handler(claims: Json<String>) { let _ = claims; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
