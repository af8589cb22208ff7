use clerk_runtime::{Clerk, openapi::routes, protected};
use utoipa_axum::router::OpenApiRouter;

#[protected]
async fn handler() {}

fn main() {
    let _: OpenApiRouter<Clerk> = OpenApiRouter::new().routes(routes!(handler));
}
