use axum::routing::{MethodRouter, get};
use clerk_runtime::{Claims, Clerk, protected};
use std::borrow::Cow;

#[protected]
async fn handler(claims: Claims<Cow<'_, str>>) { let _ = claims; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
