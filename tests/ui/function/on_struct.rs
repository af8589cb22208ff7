use clerk_runtime::protected;

#[protected]
struct Handler;

fn main() {}
