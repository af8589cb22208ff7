use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use serde_json::{Map, Value, json as value};

use super::answer::{ApiError, json, not_found};
use crate::state::Shared;
use crate::template;
use crate::token::{Category, Lifetime, common, of_session};

type Body = Result<Bytes, BytesRejection>;

/// `POST /v1/sessions/{id}/tokens`: a fresh session token.
pub(super) async fn create_token(
    State(shared): State<Arc<Shared>>,
    id: Result<Path<String>, PathRejection>,
    body: Body,
) -> Response {
    let session = id.ok().and_then(|Path(id)| {
        shared
            .directory()
            .session(&id)
            .map(|(session, _)| session.clone())
    });
    let Some(session) = session else {
        return not_found(&shared, "session");
    };
    match lifetime(&shared, &body) {
        Ok(lifetime) => {
            let claims = of_session(&session, &shared.issuer, lifetime);
            token(&shared, Category::Session, claims)
        }
        Err(error) => error.into_response(&shared),
    }
}

/// `POST /v1/sessions/{id}/tokens/{template}`: a token of a JWT template.
pub(super) async fn create_template_token(
    State(shared): State<Arc<Shared>>,
    path: Result<Path<(String, String)>, PathRejection>,
    body: Body,
) -> Response {
    let Ok(Path((id, name))) = path else {
        return not_found(&shared, "session");
    };
    let found = shared
        .directory()
        .session(&id)
        .map(|(session, user)| (session.clone(), user.clone()));
    let Some((session, user)) = found else {
        return not_found(&shared, "session");
    };
    let template = shared.templates().get(&name).cloned();
    let Some(template) = template else {
        return not_found(&shared, "JWT template");
    };
    match lifetime(&shared, &body) {
        Ok(lifetime) => {
            let mut claims = template::render(&template, &template::context(&session, &user));
            claims.extend(common(&session, &shared.issuer, lifetime));
            claims.insert("jti".into(), value!(shared.ids.trace()));
            token(&shared, Category::Template, claims)
        }
        Err(error) => error.into_response(&shared),
    }
}

fn token(shared: &Shared, category: Category, claims: Map<String, Value>) -> Response {
    match shared.sign(category, claims) {
        Ok(jwt) => json(value!({ "object": "token", "jwt": jwt })),
        Err(_) => ApiError::unsigned().into_response(shared),
    }
}

/// Reads `{"expires_in_seconds": n}`, which may be absent as a whole or null.
fn lifetime(shared: &Shared, body: &Body) -> Result<Lifetime, ApiError> {
    let seconds = body
        .as_ref()
        .map_err(|_| unreadable())
        .and_then(|body| expires_in(body))?;
    Ok(Lifetime::starting(
        shared.clock.unix_seconds(),
        seconds.unwrap_or(Lifetime::DEFAULT),
    ))
}

fn expires_in(body: &[u8]) -> Result<Option<i64>, ApiError> {
    const NAME: &str = "expires_in_seconds";
    if body.is_empty() {
        return Ok(None);
    }
    let members: Map<String, Value> = serde_json::from_slice(body).map_err(|_| unreadable())?;
    if let Some(name) = members.keys().find(|name| *name != NAME) {
        return Err(ApiError::param(
            "form_param_unknown",
            format!("{name} is not a parameter of this request"),
            name,
        ));
    }
    match members.get(NAME) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(number)) => match number.as_i64() {
            Some(seconds @ 30..=315_360_000) => Ok(Some(seconds)),
            _ => Err(ApiError::param(
                "form_param_value_invalid",
                format!("{NAME} has to be a whole number from 30 to 315360000"),
                NAME,
            )),
        },
        Some(_) => Err(ApiError::param(
            "form_param_type_invalid",
            format!("{NAME} has to be a number"),
            NAME,
        )),
    }
}

fn unreadable() -> ApiError {
    ApiError::new(
        StatusCode::BAD_REQUEST,
        "request_body_invalid",
        "the body is not a JSON object",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifetimes_of_the_api() {
        assert_eq!(expires_in(b"").unwrap(), None);
        assert_eq!(expires_in(b"{}").unwrap(), None);
        assert_eq!(expires_in(br#"{"expires_in_seconds":null}"#).unwrap(), None);
        assert_eq!(expires_in(br#"{"expires_in_seconds":30}"#).unwrap(), Some(30));
        assert_eq!(
            expires_in(br#"{"expires_in_seconds":315360000}"#).unwrap(),
            Some(315_360_000)
        );
    }

    #[test]
    fn bodies_that_the_api_refuses() {
        for (body, code) in [
            (r#"{"expires_in_seconds":29}"#, "form_param_value_invalid"),
            (r#"{"expires_in_seconds":315360001}"#, "form_param_value_invalid"),
            (r#"{"expires_in_seconds":-1}"#, "form_param_value_invalid"),
            (r#"{"expires_in_seconds":60.5}"#, "form_param_value_invalid"),
            (r#"{"expires_in_seconds":"60"}"#, "form_param_type_invalid"),
            (r#"{"expires_in_seconds":60,"more":1}"#, "form_param_unknown"),
            ("[]", "request_body_invalid"),
            ("{", "request_body_invalid"),
        ] {
            assert_eq!(expires_in(body.as_bytes()).unwrap_err().code, code, "{body}");
        }
    }
}
