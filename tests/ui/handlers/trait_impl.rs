use clerk_runtime::handlers;

struct Handlers;

trait Api {
    async fn handler();
}

#[handlers]
impl Api for Handlers {
    #[clerk_runtime::protected]
    async fn handler() {}
}

fn main() {}
