use clerk_runtime::handlers;

trait Api {}

#[handlers]
impl dyn Api {
    #[clerk_runtime::protected]
    async fn handler() {}
}

fn main() {}
