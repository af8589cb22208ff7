use clerk_runtime::protected;

#[derive(Clone)]
struct App;

#[protected(state = Ap)]
async fn handler() {}

fn main() {}
