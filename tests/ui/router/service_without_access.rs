use axum::handler::HandlerWithoutStateExt;
use clerk_runtime::{Clerk, GuardedRouter};

async fn file() {}

fn main() {
    let _: GuardedRouter<Clerk> =
        GuardedRouter::new().route_service("/file", file.into_service());
}
