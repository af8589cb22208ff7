use axum::extract::FromRef;
use clerk_runtime::routing::get;
use clerk_runtime::{Clerk, GuardedRouter, public};

#[derive(Clone, FromRef)]
struct App {
    clerk: Clerk,
}

#[public]
async fn health() {}

fn merged(clerk: Clerk) -> GuardedRouter<App> {
    let inner: GuardedRouter = GuardedRouter::new().route("/health", get(health)).with_state(clerk);
    GuardedRouter::new().merge(inner)
}

fn nested() -> GuardedRouter<App> {
    let inner: GuardedRouter<Clerk> = GuardedRouter::new().route("/health", get(health));
    GuardedRouter::new().nest("/api", inner)
}

fn main() {}
