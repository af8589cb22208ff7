use std::time::Duration;

use http::StatusCode;

use crate::api_error::{ApiError, RawBody};
use crate::error_text::debug_as_display;
use crate::transport::{TransportError, UnreachableCause};

/// Why a call of the Backend API failed.
#[derive(Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An argument that cannot be part of an address; nothing was sent.
    #[error(
        "`{name}` cannot be one segment of an address: it is empty, longer than 1024 bytes, a dot segment, or holds a slash, a backslash or a control character"
    )]
    #[non_exhaustive]
    Argument {
        /// The name of the parameter.
        name: &'static str,
    },
    /// A path that cannot be called as it is; nothing was sent.
    #[error(
        "not a path of the Backend API: it starts with a slash, has no empty or dot segments and no query, and is percent-encoded"
    )]
    Path,
    /// A file whose type cannot stand in a header; nothing was sent.
    #[error("the file's content type is not of the form `image/png`")]
    Upload,
    /// A key of this call cannot stand in a header; nothing was sent.
    #[error("a key that was given for this call is empty, or has characters that no key has")]
    InvalidKey,
    /// The client was made without a secret key; nothing was sent.
    #[error("the Backend API needs a secret key: set CLERK_SECRET_KEY")]
    NoSecretKey,
    /// Only a machine can make this call, and the client has no key of one; nothing was sent.
    #[error("this call needs the secret key of a machine: set CLERK_MACHINE_SECRET_KEY")]
    NoMachineSecretKey,
    /// No answer came.
    #[error("the Backend API could not be reached: {0}")]
    Transport(TransportError),
    /// Clerk answered with an error, or with a redirect, which is not followed.
    #[error("the Backend API answered {status}{}", first_message(.errors))]
    #[non_exhaustive]
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
        /// How the body began.
        raw_body: RawBody,
    },
    /// The answer is a success, but not of the expected shape.
    #[error("the Backend API answered {status} with an unexpected body: {message}")]
    #[non_exhaustive]
    Decode {
        /// The status of the answer.
        status: StatusCode,
        /// What does not fit.
        message: String,
    },
}

debug_as_display!(Error);

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl Error {
    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api { status, .. } | Self::Decode { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// A stable code: Clerk's first one, or for what did not come from Clerk one of `argument_invalid`,
    /// `path_invalid`, `upload_invalid`, `key_invalid`, `secret_key_missing`, `machine_secret_key_missing`,
    /// `unexpected_error` (no answer), `unexpected_response` and `response_invalid`.
    pub fn code(&self) -> &str {
        match self {
            Self::Argument { .. } => "argument_invalid",
            Self::Path => "path_invalid",
            Self::Upload => "upload_invalid",
            Self::InvalidKey => "key_invalid",
            Self::NoSecretKey => "secret_key_missing",
            Self::NoMachineSecretKey => "machine_secret_key_missing",
            Self::Transport(_) => "unexpected_error",
            Self::Decode { .. } => "response_invalid",
            Self::Api { errors, .. } => errors
                .iter()
                .map(|error| error.code.as_str())
                .find(|code| !code.is_empty())
                .unwrap_or("unexpected_response"),
        }
    }

    /// Whether no whole answer came, so that nobody knows what became of the call.
    pub fn is_transport(&self) -> bool {
        matches!(self, Self::Transport(_))
    }

    /// Returns why the Backend API could not be reached; `None` if there was an answer, or if nothing was sent.
    pub fn unreachable_cause(&self) -> Option<UnreachableCause> {
        match self {
            Self::Transport(error) => error.unreachable_cause(),
            _ => None,
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

    /// How the body of an error answer began, at most 4 KiB of it: all there is to go by when it is not Clerk's. It is
    /// not part of `Display` and `Debug`.
    pub fn raw_body(&self) -> Option<&str> {
        match self {
            Self::Api { raw_body, .. } => Some(raw_body.as_str()),
            _ => None,
        }
    }
}

fn first_message(errors: &[ApiError]) -> String {
    let Some(error) = errors.first() else {
        return String::new();
    };
    let message = error.long_message.as_deref().unwrap_or(&error.message);
    format!(": {message} ({})", error.code)
}
