use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

macro_rules! handler {
    ($role:literal) => {
        #[protected(role = $role)]
        async fn handler() {}
    };
}

handler!("admin");

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
