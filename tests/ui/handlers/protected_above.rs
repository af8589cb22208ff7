use clerk_runtime::{handlers, protected, public};

struct Handlers;

#[protected]
#[handlers]
impl Handlers {
    #[public]
    async fn handler() {}
}

fn main() {}
