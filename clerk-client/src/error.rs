use std::time::Duration;

use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::transport::{Response, TransportError};

/// Why a call of the Backend API failed.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An argument that cannot be part of an address; nothing was sent.
    #[error(
        "`{name}` cannot be one segment of an address: it is empty, longer than 1024 bytes, a dot segment, or holds a slash, a backslash or a control character"
    )]
    Argument {
        /// The name of the parameter.
        name: &'static str,
    },
    /// The client was made without a secret key; nothing was sent.
    #[error("the Backend API needs a secret key: set CLERK_SECRET_KEY")]
    NoSecretKey,
    /// No answer came.
    #[error("the Backend API could not be reached: {0}")]
    Transport(#[from] TransportError),
    /// Clerk answered with an error, or with a redirect, which is not followed.
    #[error("the Backend API answered {status}{}", first_message(.errors))]
    Api {
        /// The status of the answer.
        status: StatusCode,
        /// What Clerk says is wrong; empty if the body is not Clerk's.
        errors: Vec<ApiError>,
        /// The id under which Clerk's support finds the call.
        trace_id: Option<String>,
        /// How long Clerk asks to wait.
        retry_after: Option<Duration>,
        /// Whether the body was JSON at all.
        body_is_json: bool,
    },
    /// The answer is a success, but not of the expected shape.
    #[error("the Backend API answered {status} with an unexpected body: {message}")]
    Decode {
        /// The status of the answer.
        status: StatusCode,
        /// What does not fit.
        message: String,
    },
}

/// One thing that is wrong, as Clerk says it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct ApiError {
    /// Stable, such as `resource_not_found`.
    #[serde(default)]
    pub code: String,
    /// A short sentence.
    #[serde(default)]
    pub message: String,
    /// A longer one.
    #[serde(default)]
    pub long_message: Option<String>,
    /// Details that depend on the code, such as `param_name`.
    #[serde(default)]
    pub meta: Option<Map<String, Value>>,
}

impl Error {
    pub(crate) fn from_response(response: &Response) -> Self {
        let body: Option<Value> = serde_json::from_slice(&response.body).ok();
        let member = |name: &str| body.as_ref().and_then(|body| body.get(name));
        let errors = member("errors").and_then(Value::as_array).into_iter().flatten();
        let header = |name: &str| text_header(&response.headers, name);
        Self::Api {
            status: response.status,
            errors: errors
                .filter_map(|error| ApiError::deserialize(error).ok())
                .collect(),
            trace_id: member("clerk_trace_id")
                .and_then(Value::as_str)
                .map(str::to_owned)
                .or_else(|| header("clerk-trace-id"))
                .or_else(|| header("cf-ray")),
            retry_after: header("retry-after")
                .and_then(|value| value.trim().parse().ok())
                .map(Duration::from_secs),
            body_is_json: body.is_some(),
        }
    }

    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api { status, .. } | Self::Decode { status, .. } => Some(*status),
            Self::Argument { .. } | Self::NoSecretKey | Self::Transport(_) => None,
        }
    }

    /// A stable code: Clerk's first one, or one of this crate's for what did not come from Clerk.
    pub fn code(&self) -> &str {
        match self {
            Self::Argument { .. } => "argument_invalid",
            Self::NoSecretKey => "secret_key_missing",
            Self::Transport(_) => "unexpected_error",
            Self::Decode { .. } => "response_invalid",
            Self::Api { errors, .. } => errors.first().map_or("unexpected_response", |error| &error.code),
        }
    }

    /// Everything that Clerk says is wrong.
    pub fn errors(&self) -> &[ApiError] {
        match self {
            Self::Api { errors, .. } => errors,
            _ => &[],
        }
    }

    /// The id under which Clerk's support finds the call.
    pub fn trace_id(&self) -> Option<&str> {
        match self {
            Self::Api { trace_id, .. } => trace_id.as_deref(),
            _ => None,
        }
    }

    /// How long Clerk asks to wait before the next call.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// Whether an error answer had a JSON body. Gateways in between answer with other things.
    pub fn body_is_json(&self) -> bool {
        matches!(
            self,
            Self::Api {
                body_is_json: true,
                ..
            }
        )
    }
}

fn first_message(errors: &[ApiError]) -> String {
    match errors.first() {
        Some(error) => {
            format!(
                ": {} ({})",
                error.long_message.as_deref().unwrap_or(&error.message),
                error.code
            )
        }
        None => String::new(),
    }
}

fn text_header(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}
