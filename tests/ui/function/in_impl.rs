use clerk_runtime::protected;

struct Handlers;

impl Handlers {
    #[protected]
    async fn handler() {}
}

fn main() {}
