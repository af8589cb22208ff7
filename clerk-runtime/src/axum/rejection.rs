use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::handler_denial::HandlerDenial;
use super::rejection_detail::RejectionDetail;
use crate::authorize::Denial;
use crate::error_text::debug_as_display;

const NOT_AUTHORIZED: &str = r#"{"error":"Not authorized"}"#;

/// Why a request did not get to its handler.
///
/// | variant | status | body |
/// | --- | --- | --- |
/// | `NotAuthenticated` | 401 | `{"error":"Not authenticated"}` |
/// | `NotAuthorized`, `Denied`, `DeniedByHandler` | 403 | `{"error":"Not authorized"}`, or Clerk's error for a session that has to be verified again |
/// | `SignIn` | 307 | none |
/// | `Misconfigured` | 500 | `{"error":"Authentication is misconfigured"}` |
/// | `Unavailable` | 503 | `{"error":"Authentication is unavailable"}` |
///
/// A 401 has `WWW-Authenticate: Bearer`, with `error="invalid_token"` if a token was presented (RFC 6750 §3) and, where
/// OAuth tokens are accepted, `resource_metadata` (RFC 9728 §5.1); a missing scope is told as `insufficient_scope`. A 503
/// has `Retry-After` in seconds. No body tells why a token was refused; that is in the logs.
#[derive(Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// The request is not signed in.
    #[error("not authenticated")]
    #[non_exhaustive]
    NotAuthenticated {
        /// Whether the request carried something in place of a token.
        token_presented: bool,
        /// Where OAuth clients learn how to get a token, if OAuth tokens are accepted.
        resource_metadata: Option<Box<str>>,
        /// Tells the cause, for the log and for developers.
        detail: RejectionDetail,
    },
    /// The caller is signed in, but the handler wants more, such as an active organization. Made by
    /// [`not_authorized`](Self::not_authorized).
    #[error("not authorized: {missing}")]
    #[non_exhaustive]
    NotAuthorized {
        /// What is missing, for logs.
        missing: &'static str,
        /// Tells the cause, for the log and for developers.
        detail: RejectionDetail,
    },
    /// The caller is signed in and does not have what the handler requires.
    #[error("not authorized: {denial}")]
    #[non_exhaustive]
    Denied {
        /// Holds the requirement that is not met.
        denial: Denial<'static>,
        /// Tells the cause, for the log and for developers.
        detail: RejectionDetail,
    },
    /// The caller is signed in and does not have what the handler asked for by itself, with `auth.authorize(..)?`.
    #[error("not authorized: {0}")]
    DeniedByHandler(HandlerDenial),
    /// The request is not signed in, and the browser is sent where that can be changed.
    #[error("not authenticated: sent to the sign-in page")]
    #[non_exhaustive]
    SignIn {
        /// The address of the sign-in page.
        location: SignInLocation,
        /// Tells the cause, for the log and for developers.
        detail: RejectionDetail,
    },
    /// Nothing can be judged with this configuration; the log tells what is wrong.
    #[error("authentication is misconfigured")]
    Misconfigured,
    /// Nothing is known about the token because Clerk, or its keys, cannot be reached.
    #[error("authentication is unavailable")]
    #[non_exhaustive]
    Unavailable {
        /// How long to wait before trying again.
        retry_after: Duration,
        /// Tells the cause, for the log and for developers.
        detail: RejectionDetail,
    },
}

debug_as_display!(Rejection);

/// The address of the sign-in page, with the way back. In development it carries the development browser's token, so
/// `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct SignInLocation(Box<str>);

impl SignInLocation {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for SignInLocation {
    fn from(address: String) -> Self {
        Self(address.into())
    }
}

impl fmt::Debug for SignInLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignInLocation([redacted])")
    }
}

/// Answers as a guard with this requirement would: 401 for a caller that is signed out, else 403.
///
/// ```
/// use clerk_runtime::{Auth, Rejection, Requirement};
///
/// async fn report(auth: Auth) -> Result<&'static str, Rejection> {
///     auth.authorize(Requirement::role("org:admin"))?;
///     Ok("all invoices")
/// }
/// ```
impl From<Denial<'_>> for Rejection {
    fn from(denial: Denial<'_>) -> Self {
        match denial.signed_out() {
            Some(token_presented) => Self::not_authenticated(token_presented),
            None => Self::DeniedByHandler(HandlerDenial::new(&denial)),
        }
    }
}

impl Rejection {
    /// Rejects a request that is not signed in, with 401. `token_presented` tells whether it carried something in place of a
    /// token.
    pub fn not_authenticated(token_presented: bool) -> Self {
        Self::NotAuthenticated {
            token_presented,
            resource_metadata: None,
            detail: RejectionDetail::default(),
        }
    }

    /// Rejects a request that is signed in, with 403. The log tells what is missing, the client is not told.
    pub fn not_authorized(missing: &'static str) -> Self {
        Self::NotAuthorized {
            missing,
            detail: RejectionDetail::default(),
        }
    }

    pub(super) fn denied(denial: Denial<'static>) -> Self {
        Self::Denied {
            denial,
            detail: RejectionDetail::default(),
        }
    }

    pub(super) fn unavailable(retry_after: Duration) -> Self {
        Self::Unavailable {
            retry_after,
            detail: RejectionDetail::default(),
        }
    }

    pub(super) fn detail_mut(&mut self) -> Option<&mut RejectionDetail> {
        match self {
            Self::NotAuthenticated { detail, .. }
            | Self::NotAuthorized { detail, .. }
            | Self::Denied { detail, .. }
            | Self::SignIn { detail, .. }
            | Self::Unavailable { detail, .. } => Some(detail),
            Self::DeniedByHandler(_) | Self::Misconfigured => None,
        }
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotAuthenticated { .. } => StatusCode::UNAUTHORIZED,
            Self::NotAuthorized { .. } | Self::Denied { .. } | Self::DeniedByHandler(_) => {
                StatusCode::FORBIDDEN
            }
            Self::SignIn { .. } => StatusCode::TEMPORARY_REDIRECT,
            Self::Misconfigured => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The JSON body of the response; empty for a redirect.
    pub fn body(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::NotAuthenticated { .. } => r#"{"error":"Not authenticated"}"#,
            Self::Denied { denial, .. } => match denial.reverification_error() {
                Some(error) => return error.to_string().into(),
                None => NOT_AUTHORIZED,
            },
            Self::DeniedByHandler(denial) => match denial.reverification_error() {
                Some(error) => return error.to_string().into(),
                None => NOT_AUTHORIZED,
            },
            Self::NotAuthorized { .. } => NOT_AUTHORIZED,
            Self::SignIn { .. } => "",
            Self::Misconfigured => r#"{"error":"Authentication is misconfigured"}"#,
            Self::Unavailable { .. } => r#"{"error":"Authentication is unavailable"}"#,
        })
    }

    /// Returns the headers of the response but for `Content-Type`: the challenge of a 401 or of a missing scope, `Retry-After`
    /// of a 503, and for a redirect its `Location` and `no-store`. An application that renders a rejection by itself sends
    /// them, so that clients know what to do.
    ///
    /// ```
    /// use axum::response::{Html, IntoResponse, Response};
    /// use clerk_runtime::Rejection;
    ///
    /// fn page(rejection: &Rejection) -> Response {
    ///     (rejection.status(), rejection.headers(), Html("<h1>Sorry</h1>")).into_response()
    /// }
    /// ```
    pub fn headers(&self) -> HeaderMap {
        let mut headers = self.clone().into_response().into_parts().0.headers;
        headers.remove(CONTENT_TYPE);
        headers
    }

    /// Returns the header that says what to do about it.
    fn advice(&self) -> Option<(HeaderName, HeaderValue)> {
        match self {
            Self::NotAuthenticated {
                token_presented,
                resource_metadata: None,
                ..
            } => Some((
                WWW_AUTHENTICATE,
                if *token_presented {
                    const { HeaderValue::from_static(r#"Bearer error="invalid_token""#) }
                } else {
                    const { HeaderValue::from_static("Bearer") }
                },
            )),
            Self::NotAuthenticated {
                token_presented,
                resource_metadata: Some(url),
                ..
            } => {
                let error = if *token_presented {
                    r#"error="invalid_token", "#
                } else {
                    ""
                };
                let challenge =
                    HeaderValue::try_from(format!("Bearer {error}resource_metadata={}", quoted(url)));
                Some((
                    WWW_AUTHENTICATE,
                    challenge.unwrap_or(HeaderValue::from_static("Bearer")),
                ))
            }
            Self::Denied { denial, .. } => insufficient_scope(&denial.scopes().join(" ")),
            Self::DeniedByHandler(denial) => insufficient_scope(denial.scopes()),
            Self::SignIn { location, .. } => {
                let mut location = HeaderValue::try_from(location.as_str()).ok()?;
                location.set_sensitive(true);
                Some((LOCATION, location))
            }
            Self::NotAuthorized { .. } | Self::Misconfigured => None,
            Self::Unavailable { retry_after, .. } => {
                // Rounded up: a client that comes back too early is refused once more.
                let seconds = retry_after
                    .as_secs()
                    .saturating_add(u64::from(retry_after.subsec_nanos() > 0));
                Some((RETRY_AFTER, HeaderValue::from(seconds.max(1))))
            }
        }
    }
}

/// Returns the challenge that names missing scopes, if there are any (RFC 6750 §3).
fn insufficient_scope(scopes: &str) -> Option<(HeaderName, HeaderValue)> {
    if scopes.is_empty() {
        return None;
    }
    let scopes = quoted(scopes);
    let challenge = HeaderValue::try_from(format!(r#"Bearer error="insufficient_scope", scope={scopes}"#));
    Some((
        WWW_AUTHENTICATE,
        challenge.unwrap_or(HeaderValue::from_static(r#"Bearer error="insufficient_scope""#)),
    ))
}

/// Returns the text as a quoted string (RFC 9110 §5.6.4).
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    quoted.push('"');
    quoted
}

impl IntoResponse for Rejection {
    fn into_response(mut self) -> Response {
        let body = self.body();
        let is_empty = body.is_empty();
        let mut response = Response::new(body.into());
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        if is_empty {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        } else {
            headers.insert(
                CONTENT_TYPE,
                const { HeaderValue::from_static("application/json") },
            );
        }
        if let Some((name, value)) = self.advice() {
            headers.insert(name, value);
        }
        if let Some(detail) = self.detail_mut() {
            detail.add_debug_headers(headers);
        }
        response
    }
}
