use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, MachineAuth, public};

#[public]
async fn handler(machine: MachineAuth) {
    let _ = machine;
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}
