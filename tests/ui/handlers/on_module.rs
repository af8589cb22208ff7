use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, handlers};

#[handlers]
mod api {
    #[clerk_runtime::protected]
    pub async fn handler() {}
}

fn main() {
    let _: MethodRouter<Clerk> = get(api::handler);
}
