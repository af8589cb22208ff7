use clerk_runtime::protected;

struct App<T>(T);

#[protected(state = App<T>)]
async fn handler<T: Send>() {}

fn main() {}
