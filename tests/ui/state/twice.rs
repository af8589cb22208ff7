use clerk_runtime::protected;

#[protected(state = clerk_runtime::Clerk, state = clerk_runtime::Clerk)]
async fn handler() {}

fn main() {}
