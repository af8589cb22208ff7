use axum::routing::{MethodRouter, get};
use clerk_runtime::authorize::Reverification;
use clerk_runtime::{Clerk, protected};

#[protected(reverification = Reverification::Srict)]
async fn handler() {}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
