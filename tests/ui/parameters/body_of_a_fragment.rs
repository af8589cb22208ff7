use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

macro_rules! handler {
    ($name:ident: $type:ty) => {
        #[protected]
        async fn handler($name: $type) { let _ = $name; }
    };
}

handler!(sub: String);

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
