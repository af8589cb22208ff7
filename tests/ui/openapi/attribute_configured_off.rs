use clerk_runtime::{Clerk, openapi::routes};
use utoipa_axum::router::OpenApiRouter;

#[utoipa::path(get, path = "/")]
#[cfg_attr(any(), clerk_runtime::protected)]
async fn handler() {}

fn main() {
    let _: OpenApiRouter<Clerk> = OpenApiRouter::new().routes(routes!(handler));
}
