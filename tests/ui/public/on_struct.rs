use clerk_runtime::public;

#[public]
struct Handlers;

fn main() {}
