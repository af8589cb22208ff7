use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, MachineAuth, protected};

#[protected(token = any("session_token", "api_key"))]
async fn handler(machine: MachineAuth) {
    let _ = machine;
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
