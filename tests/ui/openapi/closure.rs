use clerk_runtime::{Clerk, openapi::routes};
use utoipa_axum::router::OpenApiRouter;

fn main() {
    let _: OpenApiRouter<Clerk> = OpenApiRouter::new().routes(routes!(|_: clerk_runtime::Public| async {}));
}
