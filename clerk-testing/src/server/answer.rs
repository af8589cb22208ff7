use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json as value};

use crate::state::Shared;

pub(super) fn json(body: Value) -> Response {
    Json(body).into_response()
}

/// An error in Clerk's form: `errors`, each with a stable code, and a trace id.
#[derive(Debug)]
pub(super) struct ApiError {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    /// The `long_message`. The short one follows from the code.
    pub(super) message: String,
    pub(super) param: Option<String>,
    /// The seconds of a `Retry-After`.
    pub(super) retry_after: Option<u64>,
}

impl ApiError {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            param: None,
            retry_after: None,
        }
    }

    /// A parameter that cannot be taken.
    pub(super) fn param(code: &'static str, message: impl Into<String>, name: &str) -> Self {
        Self {
            param: Some(name.to_owned()),
            ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, message)
        }
    }

    pub(super) fn bad_request(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// Clerk has one code for everything that is not there.
    pub(super) fn not_found(what: &str) -> Self {
        let message = format!("this local instance has no such {what}");
        Self::new(StatusCode::NOT_FOUND, "resource_not_found", message)
    }

    pub(super) fn too_many_requests(retry_after: u64) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too_many_requests",
                "this local instance was told to take no more requests for now",
            )
        }
    }

    /// The cryptographic library cannot sign.
    pub(super) fn unsigned() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal_clerk_error",
            "the token cannot be signed",
        )
    }

    pub(super) fn into_response(self, shared: &Shared) -> Response {
        let mut error = value!({
            "code": self.code,
            "message": short(self.code).unwrap_or(&self.message),
            "long_message": self.message,
        });
        if let Some(name) = self.param {
            error["meta"] = value!({ "param_name": name });
        }
        let body = value!({ "errors": [error], "clerk_trace_id": shared.ids.trace() });
        let mut response = (self.status, Json(body)).into_response();
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// What Clerk says in a word or two.
fn short(code: &str) -> Option<&'static str> {
    Some(match code {
        "resource_not_found" => "not found",
        "form_param_missing" => "is missing",
        "form_param_unknown" => "is unknown",
        "form_param_type_invalid" => "has an invalid type",
        "form_param_value_invalid" => "has an invalid value",
        "form_param_format_invalid" => "is invalid",
        "form_identifier_exists" => "already exists",
        "too_many_requests" => "Too many requests",
        _ => return None,
    })
}

/// The answer for what is not there.
pub(super) fn not_found(shared: &Shared, what: &str) -> Response {
    ApiError::not_found(what).into_response(shared)
}
