use axum::extract::RawQuery;
use axum::handler::HandlerWithoutStateExt;
use clerk_runtime::{Clerk, GuardedRouter};

async fn file() {}

fn main() {
    let _: GuardedRouter<Clerk> =
        GuardedRouter::new().route_service::<RawQuery, _>("/file", file.into_service());
}
