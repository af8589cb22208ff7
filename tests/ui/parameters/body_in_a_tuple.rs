use axum::http::HeaderMap;
use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler((_, tenant): (HeaderMap, String)) { let _ = tenant; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
