use axum::routing::{MethodRouter, get};
use clerk_runtime::{Claims, Clerk, protected};

#[protected]
async fn handler<T: Send>(claims: Claims<T>) { let _ = claims; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler::<u8>);
}
