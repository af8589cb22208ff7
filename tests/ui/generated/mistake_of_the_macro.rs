use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

macro_rules! handler {
    ($name:ident) => {
        #[protected(role = "admin")]
        async fn $name() {}
    };
}

handler!(handler);

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
