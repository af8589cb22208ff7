use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

struct App;

macro_rules! handler {
    ($state:ty) => {
        #[protected(state = $state)]
        async fn handler() {}
    };
}

handler!(App);

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
