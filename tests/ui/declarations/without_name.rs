use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected, roles};

roles! { Admin = "org:admin" }

#[protected(role = Admin)]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
