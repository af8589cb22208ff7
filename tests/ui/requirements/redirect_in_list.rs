use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected(all(role = "org:admin", redirect_to_sign_in))]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
