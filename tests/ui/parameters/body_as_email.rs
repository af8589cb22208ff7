use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(mut email: std::string::String) { email.clear(); }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
