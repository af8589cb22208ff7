use clerk_runtime::protected;

#[protected]
const LIMIT: u8 = 1;

fn main() {}
