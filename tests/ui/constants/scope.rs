use axum::routing::{MethodRouter, get};
use clerk_runtime::authorize::Scope;
use clerk_runtime::{Clerk, protected};

const READ: Scope<'static> = Scope("read");

#[protected(token = "api_key", scope = READ)]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
