use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, MachineAuth, protected};

#[protected(token = "api_key")]
async fn handler(machine: Option<MachineAuth>) {
    let _ = machine;
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
