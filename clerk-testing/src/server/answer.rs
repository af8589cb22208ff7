use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
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
    pub(super) message: String,
    pub(super) param: Option<String>,
}

impl ApiError {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            param: None,
        }
    }

    /// A body member that cannot be taken.
    pub(super) fn param(code: &'static str, message: impl Into<String>, name: &str) -> Self {
        Self {
            param: Some(name.to_owned()),
            ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, message)
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
        let mut error = value!({ "code": self.code, "message": self.message, "long_message": self.message });
        if let Some(name) = self.param {
            error["meta"] = value!({ "param_name": name });
        }
        let body = value!({ "errors": [error], "clerk_trace_id": shared.ids.trace() });
        (self.status, Json(body)).into_response()
    }
}

/// Clerk has one code for everything that is not there.
pub(super) fn not_found(shared: &Shared, what: &str) -> Response {
    let message = format!("this local instance has no such {what}");
    ApiError::new(StatusCode::NOT_FOUND, "resource_not_found", message).into_response(shared)
}
