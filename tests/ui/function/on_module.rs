use clerk_runtime::protected;

#[protected]
mod handlers {}

fn main() {}
