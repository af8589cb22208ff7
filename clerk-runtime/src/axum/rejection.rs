use std::time::Duration;

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};

/// Why a request did not get to its handler.
///
/// | variant | status | body |
/// | --- | --- | --- |
/// | `NotAuthenticated` | 401 | `{"error":"Not authenticated"}` |
/// | `NotAuthorized` | 403 | `{"error":"Not authorized"}` |
/// | `Unavailable` | 503 | `{"error":"Authentication is unavailable"}` |
///
/// A 401 has `WWW-Authenticate: Bearer`, with `error="invalid_token"` if a token was presented (RFC 6750 §3); a 503 has
/// `Retry-After` in seconds. No body tells why a token was refused; that is in the logs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// Nobody is signed in.
    #[error("not authenticated")]
    NotAuthenticated {
        /// Whether the request carried something in place of a token.
        token_presented: bool,
    },
    /// Somebody is signed in, but the handler wants more, such as an active organization.
    #[error("not authorized: {missing}")]
    NotAuthorized {
        /// What is missing, for logs.
        missing: &'static str,
    },
    /// Nothing is known about the token because Clerk's keys cannot be had.
    #[error("authentication is unavailable")]
    Unavailable {
        /// How long to wait before trying again.
        retry_after: Duration,
    },
}

impl Rejection {
    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotAuthenticated { .. } => StatusCode::UNAUTHORIZED,
            Self::NotAuthorized { .. } => StatusCode::FORBIDDEN,
            Self::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The JSON body of the response.
    pub fn body(&self) -> &'static str {
        match self {
            Self::NotAuthenticated { .. } => r#"{"error":"Not authenticated"}"#,
            Self::NotAuthorized { .. } => r#"{"error":"Not authorized"}"#,
            Self::Unavailable { .. } => r#"{"error":"Authentication is unavailable"}"#,
        }
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        let json = (CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let mut response = (self.status(), [json], self.body()).into_response();
        match self {
            Self::NotAuthenticated { token_presented } => {
                let challenge = if token_presented {
                    r#"Bearer error="invalid_token""#
                } else {
                    "Bearer"
                };
                response
                    .headers_mut()
                    .insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
            }
            Self::NotAuthorized { .. } => {}
            Self::Unavailable { retry_after } => {
                // Rounded up: a client that comes back too early is refused once more.
                let seconds = retry_after
                    .as_secs()
                    .saturating_add(u64::from(retry_after.subsec_nanos() > 0));
                response
                    .headers_mut()
                    .insert(RETRY_AFTER, HeaderValue::from(seconds.max(1)));
            }
        }
        response
    }
}
