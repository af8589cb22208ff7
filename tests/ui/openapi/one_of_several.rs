use clerk_runtime::{Clerk, openapi::routes, protected};
use utoipa_axum::router::OpenApiRouter;

#[protected]
#[utoipa::path(get, path = "/")]
async fn list() {}

mod invoices {
    #[utoipa::path(post, path = "/")]
    pub async fn create() {}
}

fn main() {
    let _: OpenApiRouter<Clerk> = OpenApiRouter::new().routes(routes!(list, invoices::create));
}
