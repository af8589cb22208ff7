use clerk_runtime::handlers;

#[handlers]
async fn handler() {}

fn main() {}
