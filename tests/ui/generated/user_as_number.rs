use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

macro_rules! handler {
    ($name:ident: $ty:ty) => {
        #[protected]
        async fn handler($name: $ty) {
            let _ = $name;
        }
    };
}

handler!(user_id: u64);

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
