#[clerk_runtime::protected]
async fn me() {}

fn main() {}
