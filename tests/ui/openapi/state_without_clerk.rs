use clerk_runtime::{openapi::routes, protected};
use utoipa_axum::router::OpenApiRouter;

#[protected]
#[utoipa::path(get, path = "/")]
async fn handler() {}

fn main() {
    let _: OpenApiRouter<u8> = OpenApiRouter::new().routes(routes!(handler));
}
