use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected, roles};

roles! { Roles { Admin = "org:admin", Member = "org:member" } }

macro_rules! handler {
    ($permission:path) => {
        #[protected(permission = $permission)]
        async fn handler() {}
    };
}

handler!(Roles::Admin);

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
