use axum::routing::{MethodRouter, get};
use clerk_runtime::authorize::Role;
use clerk_runtime::{Clerk, protected};

const fn admin() -> Role<'static> {
    Role("org:admin")
}

#[protected(role = admin())]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
