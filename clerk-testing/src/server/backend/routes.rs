use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, RawPathParamsRejection};
use axum::extract::{Extension, RawPathParams, RawQuery, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use axum::{Json, Router};

use super::call::{Call, Caller, Outcome};
use super::{
    api_keys, domains, invitations, jwt_templates, m2m_tokens, machines, memberships, oauth_tokens,
    organization_invitations, organization_keys, organizations, refresh, session_tokens, sessions, user_form,
    users,
};
use crate::params::Params;
use crate::server::answer::{ApiError, not_found};
use crate::state::Shared;

type Operation = fn(&Shared, &Call) -> Outcome;

const GET: MethodFilter = MethodFilter::GET;
const POST: MethodFilter = MethodFilter::POST;
const PUT: MethodFilter = MethodFilter::PUT;
const PATCH: MethodFilter = MethodFilter::PATCH;
const DELETE: MethodFilter = MethodFilter::DELETE;

/// What is below `/v1`.
const OPERATIONS: &[(MethodFilter, &str, Operation)] = &[
    (GET, "/jwks", |shared, _| Ok(shared.jwks().into())),
    (GET, "/domains", domains::list),
    (GET, "/users", users::list),
    (POST, "/users", user_form::create),
    (GET, "/users/count", users::count),
    (POST, "/users/ban", users::ban_all),
    (POST, "/users/unban", users::unban_all),
    (GET, "/users/{id}", users::get),
    (PATCH, "/users/{id}", user_form::update),
    (DELETE, "/users/{id}", users::delete),
    (PATCH, "/users/{id}/metadata", users::merge_metadata),
    (PUT, "/users/{id}/metadata", users::replace_metadata),
    (POST, "/users/{id}/ban", users::ban),
    (POST, "/users/{id}/unban", users::unban),
    (POST, "/users/{id}/lock", users::lock),
    (POST, "/users/{id}/unlock", users::unlock),
    (POST, "/users/{id}/verify_password", users::verify_password),
    (GET, "/users/{id}/organization_memberships", users::memberships),
    (GET, "/users/{id}/organization_invitations", users::invitations),
    (GET, "/sessions", sessions::list),
    (POST, "/sessions", sessions::create),
    (GET, "/sessions/{id}", sessions::get),
    (POST, "/sessions/{id}/revoke", sessions::revoke),
    (POST, "/sessions/{id}/tokens", session_tokens::create),
    (
        POST,
        "/sessions/{id}/tokens/{template}",
        session_tokens::create_from_template,
    ),
    (POST, "/sessions/{id}/refresh", refresh::refresh),
    (GET, "/organizations", organizations::list),
    (POST, "/organizations", organizations::create),
    (GET, "/organizations/{id}", organizations::get),
    (PATCH, "/organizations/{id}", organizations::update),
    (DELETE, "/organizations/{id}", organizations::delete),
    (
        PATCH,
        "/organizations/{id}/metadata",
        organizations::merge_metadata,
    ),
    (
        PUT,
        "/organizations/{id}/metadata",
        organizations::replace_metadata,
    ),
    (GET, "/organization_memberships", memberships::list_all),
    (GET, "/organizations/{id}/memberships", memberships::list),
    (POST, "/organizations/{id}/memberships", memberships::create),
    (
        PATCH,
        "/organizations/{id}/memberships/{user_id}",
        memberships::update,
    ),
    (
        DELETE,
        "/organizations/{id}/memberships/{user_id}",
        memberships::delete,
    ),
    (
        PATCH,
        "/organizations/{id}/memberships/{user_id}/metadata",
        memberships::merge_metadata,
    ),
    (
        GET,
        "/organization_invitations",
        organization_invitations::list_all,
    ),
    (
        GET,
        "/organizations/{id}/invitations",
        organization_invitations::list,
    ),
    (
        POST,
        "/organizations/{id}/invitations",
        organization_invitations::create,
    ),
    (
        POST,
        "/organizations/{id}/invitations/bulk",
        organization_invitations::create_bulk,
    ),
    (
        GET,
        "/organizations/{id}/invitations/pending",
        organization_invitations::list_pending,
    ),
    (
        GET,
        "/organizations/{id}/invitations/{invitation_id}",
        organization_invitations::get,
    ),
    (
        POST,
        "/organizations/{id}/invitations/{invitation_id}/revoke",
        organization_invitations::revoke,
    ),
    (GET, "/organization_permissions", organization_keys::permissions),
    (GET, "/organization_roles", organization_keys::roles),
    (GET, "/invitations", invitations::list),
    (POST, "/invitations", invitations::create),
    (POST, "/invitations/bulk", invitations::create_bulk),
    (POST, "/invitations/{id}/revoke", invitations::revoke),
    (GET, "/jwt_templates", jwt_templates::list),
    (POST, "/jwt_templates", jwt_templates::create),
    (GET, "/jwt_templates/{id}", jwt_templates::get),
    (PATCH, "/jwt_templates/{id}", jwt_templates::update),
    (DELETE, "/jwt_templates/{id}", jwt_templates::delete),
    (GET, "/machines", machines::list),
    (POST, "/machines", machines::create),
    (GET, "/machines/{id}", machines::get),
    (PATCH, "/machines/{id}", machines::update),
    (DELETE, "/machines/{id}", machines::delete),
    (GET, "/machines/{id}/secret_key", machines::secret_key),
    (
        POST,
        "/machines/{id}/secret_key/rotate",
        machines::rotate_secret_key,
    ),
    (POST, "/machines/{id}/scopes", machines::create_scope),
    (DELETE, "/machines/{id}/scopes/{other_id}", machines::delete_scope),
];

/// What Clerk's packages ask for without the version, others with it.
const MACHINE_TOKENS: &[(MethodFilter, &str, Operation)] = &[
    (GET, "/api_keys", api_keys::list),
    (POST, "/api_keys", api_keys::create),
    (POST, "/api_keys/verify", api_keys::verify),
    (GET, "/api_keys/{id}", api_keys::get),
    (PATCH, "/api_keys/{id}", api_keys::update),
    (DELETE, "/api_keys/{id}", api_keys::delete),
    (GET, "/api_keys/{id}/secret", api_keys::secret),
    (POST, "/api_keys/{id}/revoke", api_keys::revoke),
    (GET, "/m2m_tokens", m2m_tokens::list),
    (POST, "/m2m_tokens", m2m_tokens::create),
    (POST, "/m2m_tokens/verify", m2m_tokens::verify),
    (POST, "/m2m_tokens/{id}/revoke", m2m_tokens::revoke),
    (
        POST,
        "/oauth_applications/access_tokens/verify",
        oauth_tokens::verify,
    ),
];

/// All operations at their paths.
pub(in crate::server) fn routes() -> Router<Arc<Shared>> {
    let machine_tokens = MACHINE_TOKENS
        .iter()
        .fold(Router::new(), |router, &(method, path, operation)| {
            router.route(path, answering(method, operation, as_bad_request))
        });
    let others = OPERATIONS
        .iter()
        .fold(Router::new(), |router, &(method, path, operation)| {
            router.route(path, answering(method, operation, |error| error))
        });
    Router::new()
        .merge(machine_tokens.clone())
        .nest("/v1", others.merge(machine_tokens))
}

/// Clerk's service for machine tokens says 400 where the rest of the API says 422.
fn as_bad_request(mut error: ApiError) -> ApiError {
    if error.status == http::StatusCode::UNPROCESSABLE_ENTITY {
        error.status = http::StatusCode::BAD_REQUEST;
    }
    error
}

fn answering(
    method: MethodFilter,
    operation: Operation,
    error_of: fn(ApiError) -> ApiError,
) -> MethodRouter<Arc<Shared>> {
    on(
        method,
        move |State(shared): State<Arc<Shared>>,
              caller: Option<Extension<Caller>>,
              ids: Result<RawPathParams, RawPathParamsRejection>,
              RawQuery(query): RawQuery,
              bytes: Result<Bytes, BytesRejection>| async move {
            let Ok(ids) = ids else {
                return not_found(&shared, "resource");
            };
            let Ok(bytes) = bytes else {
                let error = ApiError::bad_request("request_body_invalid", "the body cannot be read");
                return error.into_response(&shared);
            };
            let call = Call {
                caller: caller.map_or(Caller::Instance, |Extension(caller)| caller),
                ids: ids.iter().map(|(_, value)| value.to_owned()).collect(),
                query: Params::parse(&query.unwrap_or_default()),
                bytes,
            };
            respond(&shared, operation(&shared, &call).map_err(error_of))
        },
    )
}

fn respond(shared: &Shared, outcome: Outcome) -> Response {
    match outcome {
        Ok(answer) => (answer.status, Json(answer.body)).into_response(),
        Err(error) => error.into_response(shared),
    }
}
