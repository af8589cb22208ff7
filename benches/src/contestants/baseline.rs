use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::response::IntoResponse;
use axum::routing::get;

pub(super) fn unprotected() -> Router {
    Router::new().route("/", get(answer))
}

pub(super) fn static_401() -> Router {
    Router::new().route("/", get(refuse))
}

pub(super) fn passing_extractor() -> Router {
    Router::new().route("/", get(answer_behind::<Pass>))
}

pub(super) fn refusing_extractor() -> Router {
    Router::new().route("/", get(answer_behind::<Refuse>))
}

/// The handler of all applications behind a layer.
pub(super) async fn answer() -> &'static str {
    "ok"
}

async fn answer_behind<E>(_: E) -> &'static str {
    "ok"
}

/// An extractor that looks at nothing and lets everybody in.
struct Pass;

impl<S: Sync> FromRequestParts<S> for Pass {
    type Rejection = StatusCode;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        Ok(Self)
    }
}

/// An extractor that looks at nothing and refuses everybody.
enum Refuse {}

impl<S: Sync> FromRequestParts<S> for Refuse {
    type Rejection = axum::response::Response;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Err(refuse().await.into_response())
    }
}

async fn refuse() -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "application/json"), (WWW_AUTHENTICATE, "Bearer")];
    (
        StatusCode::UNAUTHORIZED,
        headers,
        r#"{"error":"Not authenticated"}"#,
    )
}
