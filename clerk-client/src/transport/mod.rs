//! How requests get to Clerk, behind a trait so that tests answer them themselves.

#[cfg(feature = "reqwest")]
mod paused_clock;
#[cfg(feature = "reqwest")]
mod per_runtime;
#[cfg(feature = "reqwest")]
mod reqwest;
mod unreachable;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use http::header::DATE;
use http::{HeaderMap, Method, StatusCode};

#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
pub use self::unreachable::UnreachableCause;
use crate::error_text::debug_as_display;

/// A future that can be held by a trait object.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request.
///
/// An implementation keeps to the request's deadline and size limit, and does not follow redirects: the secret key is
/// meant for this host only.
///
/// ```
/// use clerk_client::transport::{BoxFuture, Request, Response, Transport, TransportError};
///
/// #[derive(Debug)]
/// struct NoKeys;
///
/// impl Transport for NoKeys {
///     fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
///         Box::pin(std::future::ready(Ok(Response {
///             status: http::StatusCode::OK,
///             headers: http::HeaderMap::new(),
///             body: r#"{"keys":[]}"#.into(),
///         })))
///     }
/// }
///
/// # #[cfg(feature = "sessions")]
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let client = clerk_client::Client::builder("sk_test_1").transport(NoKeys).build()?;
/// assert!(client.jwks().get_jwks().await?.keys.is_empty());
/// # Ok(()) }
/// ```
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends the request and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// There is no whole answer.
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>>;

    /// Waits before a call is tried again. `None`, if it cannot: then nothing is tried again.
    fn pause(&self, duration: Duration) -> Option<BoxFuture<'_, ()>> {
        let _ = duration;
        None
    }
}

/// A request. `Debug` shows neither query nor headers nor body.
pub struct Request {
    /// The method.
    pub method: Method,
    /// The absolute address.
    pub url: String,
    /// The headers, secret key included.
    pub headers: HeaderMap,
    /// The body, of the type that the headers say.
    pub body: Option<Bytes>,
    /// The longest that this attempt of the call may take, the body of the answer included.
    pub timeout: Duration,
    /// The longest body of an answer that may be read, in bytes.
    pub max_response_bytes: usize,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.url.split('?').next().unwrap_or_default())
            .finish_non_exhaustive()
    }
}

/// An answer. `Debug` does not show the body, which may hold a token.
pub struct Response {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

impl Response {
    /// Returns the time of the answer by the server's clock, the header `Date` (RFC 9110 §6.6.1), in Unix seconds.
    pub fn date(&self) -> Option<i64> {
        let date = httpdate::parse_http_date(self.headers.get(DATE)?.to_str().ok()?).ok()?;
        i64::try_from(date.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// Why no answer came.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TransportError {
    /// No connection to the host.
    #[error("{host}: {cause}{}", in_brackets(.detail))]
    #[non_exhaustive]
    Unreachable {
        /// The host, with its port if the address has one.
        host: String,
        /// Tells which step failed.
        cause: UnreachableCause,
        /// Holds the words of the operating system, the proxy or the TLS library; empty without any.
        detail: String,
    },
    /// No connection, for a reason that the transport cannot name.
    #[error("no connection: {0}")]
    Connect(String),
    /// The deadline passed.
    #[error("no answer in time")]
    Timeout,
    /// The answer is longer than what is read.
    #[error("the answer is too long")]
    TooLarge,
    /// Anything else, such as a connection that broke off.
    #[error("{0}")]
    Other(String),
}

debug_as_display!(TransportError);

impl TransportError {
    /// Makes the error of a host that cannot be reached.
    pub fn unreachable(host: impl Into<String>, cause: UnreachableCause, detail: impl Into<String>) -> Self {
        Self::Unreachable {
            host: host.into(),
            cause,
            detail: detail.into(),
        }
    }

    /// Returns why the host could not be reached; `None` if there was an answer, or part of one.
    pub fn unreachable_cause(&self) -> Option<UnreachableCause> {
        match self {
            Self::Unreachable { cause, .. } => Some(*cause),
            Self::Connect(_) => Some(UnreachableCause::Other),
            Self::Timeout => Some(UnreachableCause::Timeout),
            Self::TooLarge | Self::Other(_) => None,
        }
    }
}

fn in_brackets(detail: &str) -> String {
    match detail {
        "" => String::new(),
        detail => format!(" ({detail})"),
    }
}
