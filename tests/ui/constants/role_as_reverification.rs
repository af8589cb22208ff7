use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected, roles};

roles! { Roles { Admin = "org:admin", Member = "org:member" } }

#[protected(reverification = Roles::Admin)]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
