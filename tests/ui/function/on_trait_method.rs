use clerk_runtime::protected;

trait Handlers {
    #[protected]
    async fn handler();
}

fn main() {}
