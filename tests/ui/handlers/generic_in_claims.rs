use axum::routing::{MethodRouter, get};
use clerk_runtime::{Claims, Clerk, handlers, protected};

struct Handlers<T>(T);

#[handlers]
impl<T> Handlers<T> {
    #[protected]
    async fn handler(claims: Claims<T>) {
        let _ = claims;
    }
}

fn main() {
    let _: MethodRouter<Clerk> = get(Handlers::<()>::handler);
}
