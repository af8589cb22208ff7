use clerk_runtime::webhook::Webhook;
use clerk_runtime::{Clerk, public};

#[public(state = Clerk)]
async fn receive(Webhook(event): Webhook) { let _ = event; }

fn main() {}
