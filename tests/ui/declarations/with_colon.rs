use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, features, protected};

features! { Features { Export: "export" } }

#[protected(feature = Features::Export)]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
