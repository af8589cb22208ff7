//! Handlers that say what they were given.

use axum::Json;
use axum::extract::Request;
use clerk_runtime::{
    Auth, Claims, MachineAuth, OrgId, ProtectedResource, SessionAuth, SessionId, UserId, protected, public,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::door::{described_auth, described_get_auth};

type Said = Json<Value>;

/// Says who was let in, and what `get_auth` finds afterwards.
fn said(auth: &Auth, request: Request) -> Said {
    let parts = request.into_parts().0;
    Json(json!({"auth": described_auth(auth), "getAuth": described_get_auth(&parts)}))
}

#[protected]
pub(crate) async fn plain(auth: &Auth, request: Request) -> Said {
    said(auth, request)
}

#[protected(role = "org:admin")]
pub(crate) async fn role(auth: &Auth, request: Request) -> Said {
    said(auth, request)
}

#[protected(permission = "org:invoices:read")]
pub(crate) async fn permission(user_id: UserId, org_id: OrgId) -> Said {
    Json(json!([user_id, org_id]))
}

#[protected(
    any(role = "org:admin", all(permission = "org:invoices:read", plan = "org:pro")),
    feature = "org:reports"
)]
pub(crate) async fn nested(session: &SessionAuth) -> Said {
    Json(json!([session.user_id(), session.org_slug()]))
}

#[protected(reverification = "strict")]
pub(crate) async fn reverified(user_id: UserId, session_id: Option<SessionId>) -> Said {
    Json(json!([user_id, session_id]))
}

#[derive(Deserialize)]
pub(crate) struct Custom {
    metadata: Option<Value>,
}

#[protected]
pub(crate) async fn claims(claims: Claims<Custom>, session_id: SessionId) -> Said {
    Json(json!([claims.0.metadata, session_id]))
}

#[protected]
pub(crate) async fn organization(org_id: OrgId, session: SessionAuth) -> Said {
    Json(json!([org_id, session.org_role(), session.org_permissions()]))
}

#[protected(redirect_to_sign_in)]
pub(crate) async fn page(auth: &Auth, request: Request) -> Said {
    said(auth, request)
}

#[protected(redirect_to_sign_in, role = "org:admin")]
pub(crate) async fn admin_page(user_id: UserId) -> Said {
    Json(json!(user_id))
}

#[protected(token = "any")]
pub(crate) async fn any(auth: &Auth, request: Request) -> Said {
    said(auth, request)
}

#[protected(token = any("session_token", "api_key"), any(permission = "org:invoices:read", scope = "invoices:read"))]
pub(crate) async fn session_or_key(auth: &Auth, machine: Option<MachineAuth>) -> Said {
    Json(json!([described_auth(auth), machine.is_some()]))
}

#[protected(token = any("session_token", "oauth_token"))]
pub(crate) async fn session_or_oauth(user_id: UserId, session_id: Option<SessionId>) -> Said {
    Json(json!([user_id, session_id]))
}

#[protected(token = "api_key", scope = "invoices:read")]
pub(crate) async fn api_key(machine: MachineAuth, user_id: Option<UserId>, org_id: Option<OrgId>) -> Said {
    Json(json!([machine.id(), machine.scopes(), user_id, org_id]))
}

#[protected(token = "m2m_token")]
pub(crate) async fn m2m(machine: MachineAuth) -> Said {
    Json(json!([machine.id(), machine.machine_id(), machine.claims()]))
}

#[protected(token = "oauth_token", scope = "invoices:read")]
pub(crate) async fn oauth(user_id: UserId, machine: MachineAuth) -> Said {
    Json(json!([user_id, machine.client_id()]))
}

#[public]
pub(crate) async fn open() -> &'static str {
    "open to all"
}

pub(crate) async fn auth(auth: Auth, request: Request) -> Said {
    said(&auth, request)
}

pub(crate) async fn session(session: SessionAuth, request: Request) -> Said {
    said(&Auth::Session(session), request)
}

pub(crate) async fn optional_session(session: Option<SessionAuth>, request: Request) -> Said {
    match session {
        Some(session) => said(&Auth::Session(session), request),
        None => Json(json!({"getAuth": described_get_auth(&request.into_parts().0)})),
    }
}

pub(crate) async fn user(user_id: UserId) -> String {
    user_id.into()
}

pub(crate) async fn resource(document: ProtectedResource) -> ProtectedResource {
    document.scopes_supported(["invoices:read"])
}

/// Looks at nothing but what a layer has found out.
pub(crate) async fn unguarded(request: Request) -> Said {
    Json(described_get_auth(&request.into_parts().0))
}
