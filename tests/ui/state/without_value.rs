use clerk_runtime::protected;

#[derive(Clone)]
struct App;

#[protected(state)]
async fn handler() {}

fn main() {}
