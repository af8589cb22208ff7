use clerk_runtime::handlers;

struct Handlers;

#[handlers]
impl Handlers {
    #[clerk_runtime::protected]
    async fn handler(&self) {}
}

fn main() {}
