use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use serde_json::{Value, json};

use super::call::{Call, Outcome};
use crate::handover::Directives;
use crate::server::answer::ApiError;
use crate::state::Shared;

/// `POST /sessions/{id}/refresh`: new cookies for a browser whose session token has expired.
pub(super) fn refresh(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&[
        "expired_token",
        "refresh_token",
        "request_origin",
        "request_originating_ip",
        "request_headers",
        "format",
    ])?;
    let (expired_token, refresh_token, origin) = (
        body.required("expired_token")?,
        body.required("refresh_token")?,
        body.required("request_origin")?,
    );
    let id = call.id(0);
    if session_of(shared, expired_token).as_deref() != Some(id) {
        return Err(ApiError::bad_request(
            "expired_token_invalid",
            "the expired token is not a token of this session that this instance signed",
        ));
    }
    let now = shared.clock.unix_seconds();
    let is_good = shared.browsers().can_refresh(refresh_token, id, now);
    let session = is_good
        .then(|| shared.directory().session_for(id, origin))
        .flatten();
    let Some(session) = session else {
        return Err(ApiError::bad_request(
            "refresh_token_invalid",
            "the refresh token is not one of this session, or it or the session has ended",
        ));
    };
    if body.given("format") == Some(&json!("cookie")) {
        let cookies = Directives::new(shared, origin.starts_with("https://"))
            .of_session(&session)
            .map_err(|_| ApiError::unsigned())?;
        Ok(json!({ "object": "cookies", "cookies": cookies }).into())
    } else {
        let jwt = shared.session_token(&session).map_err(|_| ApiError::unsigned())?;
        Ok(json!({ "object": "token", "jwt": jwt }).into())
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
