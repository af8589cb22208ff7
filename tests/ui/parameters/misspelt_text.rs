use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(usr_id: String) { let _ = usr_id; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
