use clerk_runtime::public;

struct Handlers;

impl Handlers {
    #[public]
    async fn handler() -> Self {
        Self
    }
}

fn main() {}
