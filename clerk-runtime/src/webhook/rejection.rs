use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::CONTENT_TYPE;

use super::WebhookError;

/// Why a delivery did not get to its handler.
///
/// | variant | status | body |
/// | --- | --- | --- |
/// | `NotVerified`, `Unreadable` | 400 | `{"error":"Webhook not verified"}` |
/// | `TooLarge` | 413 | `{"error":"Webhook too large"}` |
/// | `Unavailable` | 503 | `{"error":"Webhooks are unavailable"}` |
///
/// No body tells why a delivery is not believed; that is in the logs, at the level `WARN`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WebhookRejection {
    /// It is not Clerk's, or not of these minutes, or no event.
    #[error("webhook not verified: {0}")]
    NotVerified(WebhookError),
    /// The body broke off.
    #[error("webhook not verified: its body could not be read")]
    Unreadable,
    /// The body is longer than [`body_limit`](super::WebhookVerifier::body_limit).
    #[error("webhook not verified: its body is longer than `body_limit`")]
    TooLarge,
    /// The replay guard does not answer. Clerk sends the message again.
    #[error("webhook not verified: {}", WebhookError::ReplayGuard)]
    Unavailable,
}

impl WebhookRejection {
    pub(super) fn from_body_status(status: StatusCode) -> Self {
        match status {
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            _ => Self::Unreadable,
        }
    }

    /// A stable code for it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotVerified(error) => error.code(),
            Self::Unreadable => "webhook-unreadable",
            Self::TooLarge => "webhook-too-large",
            Self::Unavailable => WebhookError::ReplayGuard.code(),
        }
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotVerified(_) | Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The JSON body of the response.
    pub fn body(&self) -> &'static str {
        match self {
            Self::NotVerified(_) | Self::Unreadable => r#"{"error":"Webhook not verified"}"#,
            Self::TooLarge => r#"{"error":"Webhook too large"}"#,
            Self::Unavailable => r#"{"error":"Webhooks are unavailable"}"#,
        }
    }
}

impl IntoResponse for WebhookRejection {
    fn into_response(self) -> Response {
        tracing::warn!(reason = self.code(), "webhook refused: {self}");
        (self.status(), [(CONTENT_TYPE, "application/json")], self.body()).into_response()
    }
}
