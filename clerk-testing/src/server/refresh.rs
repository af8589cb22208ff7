use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::response::Response;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use http::StatusCode;
use serde_json::{Map, Value, json as value};

use super::answer::{ApiError, json, not_found};
use crate::handover::Directives;
use crate::state::Shared;

/// `POST /v1/sessions/{id}/refresh`: new cookies for a browser whose session token has expired.
pub(super) async fn refresh(
    State(shared): State<Arc<Shared>>,
    id: Result<Path<String>, PathRejection>,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Ok(Path(id)) = id else {
        return not_found(&shared, "session");
    };
    answer(&shared, &id, &body.unwrap_or_default()).unwrap_or_else(|error| error.into_response(&shared))
}

fn answer(shared: &Shared, id: &str, body: &[u8]) -> Result<Response, ApiError> {
    let members: Map<String, Value> = serde_json::from_slice(body).map_err(|_| {
        ApiError::new(
            StatusCode::BAD_REQUEST,
            "request_body_invalid",
            "the body is not a JSON object",
        )
    })?;
    let text = |name: &str| match members.get(name) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text.as_str()),
        _ => Err(ApiError::param(
            "form_param_missing",
            format!("{name} is missing"),
            name,
        )),
    };
    let (expired_token, refresh_token, origin) = (
        text("expired_token")?,
        text("refresh_token")?,
        text("request_origin")?,
    );
    let refuse = |code, message| Err(ApiError::new(StatusCode::BAD_REQUEST, code, message));
    if session_of(shared, expired_token).as_deref() != Some(id) {
        return refuse(
            "expired_token_invalid",
            "the expired token is not a token of this session that this instance signed",
        );
    }
    let now = shared.clock.unix_seconds();
    let is_good = shared.browsers().can_refresh(refresh_token, id, now);
    let session = is_good
        .then(|| shared.directory().session_for(id, origin))
        .flatten();
    let Some(session) = session else {
        return refuse(
            "refresh_token_invalid",
            "the refresh token is not one of this session, or it or the session has ended",
        );
    };
    if members.get("format") == Some(&value!("cookie")) {
        let cookies = Directives::new(shared, origin.starts_with("https://"))
            .of_session(&session)
            .map_err(|_| ApiError::unsigned())?;
        Ok(json(value!({ "object": "cookies", "cookies": cookies })))
    } else {
        let jwt = shared.session_token(&session).map_err(|_| ApiError::unsigned())?;
        Ok(json(value!({ "object": "token", "jwt": jwt })))
    }
}

/// The session of a token that a published key of this instance signed, expired or not.
fn session_of(shared: &Shared, token: &str) -> Option<String> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (_, claims) = signed.split_once('.')?;
    let decode = |part: &str| BASE64_URL_SAFE_NO_PAD.decode(part).ok();
    if !shared.is_signed(signed.as_bytes(), &decode(signature)?) {
        return None;
    }
    let claims: Value = serde_json::from_slice(&decode(claims)?).ok()?;
    Some(claims["sid"].as_str()?.to_owned())
}
