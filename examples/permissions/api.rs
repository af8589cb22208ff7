use axum::Json;
use axum::extract::Path;
use clerk_runtime::routing::{get, post};
use clerk_runtime::{Clerk, GuardedRouter, MachineAuth, OrgId, UserId, handlers, protected, public};
use serde_json::{Value, json};

use crate::keys::{Perm, Roles};

/// Every route, each with who may call it: a handler that says nothing does not compile here.
pub(crate) fn routes() -> GuardedRouter<Clerk> {
    let invoices = GuardedRouter::new()
        .route("/", get(Invoices::list).post(Invoices::create))
        .route("/{id}", get(Invoices::show).delete(Invoices::delete));
    GuardedRouter::new()
        .route("/health", get(health))
        .route("/me", get(me))
        .route("/reports", post(report))
        .nest("/invoices", invoices)
}

#[public]
async fn health() -> &'static str {
    "ok"
}

#[protected]
async fn me(user_id: UserId) -> Json<Value> {
    Json(json!({ "userId": user_id }))
}

/// For programs: they have scopes in place of permissions.
#[protected(token = "api_key", scope = "reports:write")]
async fn report(machine: MachineAuth) -> Json<Value> {
    Json(json!({ "writtenBy": machine.name() }))
}

struct Invoices;

#[handlers]
impl Invoices {
    #[protected(permission = Perm::InvoicesRead)]
    async fn list(org_id: OrgId) -> Json<Value> {
        Json(json!({ "orgId": org_id, "invoices": [Self::invoice(7)] }))
    }

    #[protected(permission = Perm::InvoicesRead)]
    async fn show(Path(id): Path<u64>) -> Json<Value> {
        Json(Self::invoice(id))
    }

    #[protected(permission = Perm::InvoicesWrite)]
    async fn create() -> Json<Value> {
        Json(Self::invoice(8))
    }

    /// Clerk's React hook asks the user to verify again, and then repeats the request.
    #[protected(role = Roles::Admin, permission = Perm::InvoicesWrite, reverification = "strict")]
    async fn delete(Path(id): Path<u64>) -> Json<Value> {
        Json(json!({ "deleted": id }))
    }

    fn invoice(id: u64) -> Value {
        json!({ "id": id, "total": "100.00" })
    }
}
