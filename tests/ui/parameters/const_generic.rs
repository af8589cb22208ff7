use axum::routing::{MethodRouter, get};
use clerk_runtime::{Claims, Clerk, protected};

#[protected]
async fn handler<const N: usize>(claims: Claims<[u8; N]>) { let _ = claims; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler::<2>);
}
