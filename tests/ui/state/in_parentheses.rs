use clerk_runtime::protected;

#[derive(Clone)]
struct App;

#[protected(state(App))]
async fn handler() {}

fn main() {}
