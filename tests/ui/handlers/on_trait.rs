use clerk_runtime::handlers;

#[handlers]
trait Api {
    #[clerk_runtime::protected]
    async fn handler();
}

fn main() {}
