use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::response::Response;
use clerk_runtime::clock::Clock;
use http::StatusCode;
use serde_json::{Map, Value};

use super::answer::{ApiError, json, not_found};
use crate::machine::Kind;
use crate::state::Shared;

type Body = Result<Bytes, BytesRejection>;

/// `POST /api_keys/verify`
pub(super) async fn api_key(State(shared): State<Arc<Shared>>, body: Body) -> Response {
    answer(&shared, Kind::ApiKey, &["secret"], "API key", body)
}

/// `POST /m2m_tokens/verify`
pub(super) async fn m2m(State(shared): State<Arc<Shared>>, body: Body) -> Response {
    answer(&shared, Kind::M2m, &["token"], "M2M token", body)
}

/// `POST /oauth_applications/access_tokens/verify`
pub(super) async fn oauth(State(shared): State<Arc<Shared>>, body: Body) -> Response {
    let names = ["access_token", "secret"];
    answer(&shared, Kind::Oauth, &names, "OAuth access token", body)
}

/// The token is the first of the named members that there is.
fn answer(shared: &Shared, kind: Kind, names: &[&str], what: &str, body: Body) -> Response {
    let body = body.unwrap_or_default();
    let Ok(members) = serde_json::from_slice::<Map<String, Value>>(&body) else {
        let message = "the body is not a JSON object";
        return ApiError::new(StatusCode::BAD_REQUEST, "request_body_invalid", message).into_response(shared);
    };
    let Some(token) = names
        .iter()
        .find_map(|name| members.get(*name).and_then(Value::as_str))
    else {
        let name = names[0];
        return ApiError::param("form_param_missing", format!("{name} is missing"), name)
            .into_response(shared);
    };
    let now = shared.clock.unix_millis();
    let found = shared.records().verify(kind, token, now);
    found.map_or_else(|| not_found(shared, what), json)
}
