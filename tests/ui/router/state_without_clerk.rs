use clerk_runtime::protected;

#[derive(Clone)]
struct App;

#[protected]
#[axum::debug_handler(state = App)]
async fn handler() {}

fn main() {}
