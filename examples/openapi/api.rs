use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use clerk_runtime::openapi::{self, routes};
use clerk_runtime::{Clerk, MachineAuth, OrgId, UserId, permissions, protected, public};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use utoipa_axum::router::OpenApiRouter;

permissions! {
    /// What members of an organization may do with its invoices.
    pub(crate) Perm {
        InvoicesRead = "org:invoices:read",
        InvoicesCreate = "org:invoices:create",
    }
}

#[derive(OpenApi)]
#[openapi(info(
    title = "Invoices",
    version = "1.0.0",
    description = "An API whose users sign in with Clerk."
))]
struct Api;

/// The routes, and the document that describes them.
pub(crate) fn routes() -> (Router<Clerk>, utoipa::openapi::OpenApi) {
    let (router, mut api) = OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(health))
        .routes(routes!(me))
        .routes(routes!(list, create))
        .routes(routes!(read))
        .routes(routes!(export))
        .split_for_parts();
    openapi::add_security_schemes(&mut api);
    (router, api)
}

/// The routes and, at `/openapi.json`, the document.
pub(crate) fn application(clerk: Clerk) -> Router {
    let (router, api) = routes();
    router
        .route("/openapi.json", get(|| async { Json(api) }))
        .with_state(clerk)
}

/// An invoice.
#[derive(Serialize, ToSchema)]
struct Invoice {
    /// Its number.
    id: u64,
    /// The organization that it was sent by.
    #[schema(value_type = String)]
    org_id: OrgId,
    /// What is to be paid, in cents.
    cents: u64,
}

/// An invoice that is to be sent.
#[derive(Deserialize, ToSchema)]
struct NewInvoice {
    /// What is to be paid, in cents.
    cents: u64,
}

/// Says that the service runs.
#[public]
#[utoipa::path(get, path = "/health", tag = "service", responses((status = 200, body = String, description = "`ok`")))]
async fn health() -> &'static str {
    "ok"
}

/// Says who is signed in.
#[protected]
#[utoipa::path(get, path = "/me", tag = "users", responses((status = 200, body = String, description = "The user's id")))]
async fn me(user_id: UserId) -> String {
    user_id.to_string()
}

/// Lists the invoices of the active organization.
#[protected(permission = Perm::InvoicesRead)]
#[utoipa::path(get, path = "/invoices", tag = "invoices", responses((status = 200, body = [Invoice], description = "All of them")))]
async fn list(org_id: OrgId) -> Json<Vec<Invoice>> {
    Json(vec![Invoice {
        id: 1,
        org_id,
        cents: 4200,
    }])
}

/// Sends an invoice.
#[utoipa::path(
    post,
    path = "/invoices",
    tag = "invoices",
    request_body = NewInvoice,
    responses((status = 201, body = Invoice, description = "The invoice as it was sent"), (status = 403, description = "Only those who may send invoices")),
)]
#[protected(permission = Perm::InvoicesCreate)]
async fn create(org_id: OrgId, Json(invoice): Json<NewInvoice>) -> (StatusCode, Json<Invoice>) {
    let NewInvoice { cents } = invoice;
    (StatusCode::CREATED, Json(Invoice { id: 2, org_id, cents }))
}

/// Shows an invoice.
#[utoipa::path(get, path = "/invoices/{id}", tag = "invoices", params(("id" = u64, Path)), responses((status = 200, body = Invoice, description = "The invoice")))]
#[protected(permission = Perm::InvoicesRead)]
async fn read(org_id: OrgId, Path(id): Path<u64>) -> Json<Invoice> {
    Json(Invoice {
        id,
        org_id,
        cents: 4200,
    })
}

/// Gives another service all invoices of the owner of its API key.
#[protected(token = "api_key", scope = "invoices:read")]
#[utoipa::path(get, path = "/export", tag = "machines", responses((status = 200, body = String, description = "The owner's id")))]
async fn export(machine: MachineAuth) -> String {
    machine.subject().to_owned()
}
