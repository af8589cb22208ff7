use axum::Router;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::response::IntoResponse;
use axum::routing::get;

pub(super) fn unprotected() -> Router {
    Router::new().route("/", get(answer))
}

pub(super) fn static_401() -> Router {
    Router::new().route("/", get(refuse))
}

/// The handler of all applications behind a layer.
pub(super) async fn answer() -> &'static str {
    "ok"
}

async fn refuse() -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "application/json"), (WWW_AUTHENTICATE, "Bearer")];
    (
        StatusCode::UNAUTHORIZED,
        headers,
        r#"{"error":"Not authenticated"}"#,
    )
}
