use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[derive(serde::Deserialize)]
struct MyClaims {}

#[protected]
async fn handler(claims: MyClaims) { let _ = claims; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
