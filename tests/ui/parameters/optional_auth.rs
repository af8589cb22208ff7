use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, SessionAuth, protected};

#[protected]
async fn handler(session: Option<SessionAuth>) { let _ = session; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
