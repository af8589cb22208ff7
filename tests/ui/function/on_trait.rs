use clerk_runtime::protected;

#[protected]
trait Handlers {}

fn main() {}
