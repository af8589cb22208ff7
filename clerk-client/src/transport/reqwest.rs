use std::error::Error;
use std::io::{self, ErrorKind};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_LENGTH;
use http::uri::Scheme;
use http::{Method, Uri};
use tokio::runtime::Handle;

use super::{BoxFuture, Request, Response, Transport, TransportError, UnreachableCause};

/// Requests over reqwest with rustls, each given to one host only: no redirect is followed.
///
/// A machine without certificate authorities can make one, and send plain `http`. A request by `https` then fails with
/// [`UnreachableCause::NoCertificateAuthorities`].
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    /// What the TLS library says if it has found no certificate authorities.
    no_authorities: Option<String>,
}

impl ReqwestTransport {
    /// A transport with a connection pool of its own, over the proxies that the environment names. Connects to
    /// nothing yet.
    ///
    /// # Errors
    /// The TLS backend cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::build(reqwest::Client::builder)
    }

    /// A transport that leaves the environment's proxies alone. A [`Client`](crate::Client) for an address on loopback
    /// takes this one: over a proxy, plain `http` would show the secret key to another machine.
    ///
    /// # Errors
    /// The TLS backend cannot be set up.
    pub fn without_proxy() -> Result<Self, TransportError> {
        Self::build(|| reqwest::Client::builder().no_proxy())
    }

    fn build(builder: fn() -> reqwest::ClientBuilder) -> Result<Self, TransportError> {
        let builder = || {
            builder()
                .redirect(reqwest::redirect::Policy::none())
                .connect_timeout(CONNECT_TIMEOUT)
        };
        match builder().build() {
            Ok(client) => Ok(Self {
                client,
                no_authorities: None,
            }),
            // With an empty list of authorities instead of the system's it builds, unless something else is wrong.
            Err(error) => match builder().tls_certs_only([]).build() {
                Ok(client) => Ok(Self {
                    client,
                    no_authorities: Some(innermost(&error)),
                }),
                Err(error) => Err(TransportError::Other(innermost(&error))),
            },
        }
    }

    async fn exchange(&self, request: Request) -> Result<Response, TransportError> {
        let address = Address::of(&request.url);
        if Handle::try_current().is_err() {
            return Err(address.unreachable(UnreachableCause::NoRuntime, ""));
        }
        if let Some(detail) = self.no_authorities.as_deref().filter(|_| address.is_https) {
            return Err(address.unreachable(UnreachableCause::NoCertificateAuthorities, detail));
        }
        let may_have_body = matches!(request.method, Method::POST | Method::PUT | Method::PATCH);
        let mut call = self
            .client
            .request(request.method, request.url)
            .headers(request.headers)
            // Covers the body too, so a server that drips it does not hold anybody up.
            .timeout(request.timeout);
        if let Some(body) = request.body {
            call = call.body(body);
        } else if may_have_body {
            // Some gateways answer 411 to a POST that does not say how long it is (RFC 9110 §8.6).
            call = call.header(CONTENT_LENGTH, 0);
        }
        let mut response = call.send().await.map_err(|error| address.error(&error))?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let body = limited(&mut response, request.max_response_bytes)
            .await
            .map_err(|error| match error {
                Some(error) => address.error(&error),
                None => TransportError::TooLarge,
            })?;
        Ok(Response {
            status,
            headers,
            body,
        })
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(self.exchange(request))
    }

    fn pause(&self, duration: Duration) -> Option<BoxFuture<'_, ()>> {
        // A timer cannot be made outside of a runtime.
        Handle::try_current().ok()?;
        Some(Box::pin(tokio::time::sleep(duration)))
    }
}

/// Reads a body. The error is `None` if it is too long.
async fn limited(response: &mut reqwest::Response, limit: usize) -> Result<Bytes, Option<reqwest::Error>> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > limit {
            return Err(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// The address of a request, as far as its errors go by it.
struct Address {
    host: String,
    is_https: bool,
}

impl Address {
    fn of(url: &str) -> Self {
        let uri: Uri = url.parse().unwrap_or_default();
        let port = uri.port().map(|port| format!(":{port}")).unwrap_or_default();
        Self {
            host: format!("{}{port}", uri.host().unwrap_or_default()),
            is_https: uri.scheme() == Some(&Scheme::HTTPS),
        }
    }

    fn unreachable(&self, cause: UnreachableCause, detail: &str) -> TransportError {
        TransportError::unreachable(&self.host, cause, detail)
    }

    fn error(&self, error: &reqwest::Error) -> TransportError {
        if error.is_connect() {
            let cause = cause_of(error, self.is_https);
            let detail = match cause {
                UnreachableCause::Tls | UnreachableCause::Proxy | UnreachableCause::Other => innermost(error),
                _ => String::new(),
            };
            return self.unreachable(cause, &detail);
        }
        if error.is_timeout() {
            return TransportError::Timeout;
        }
        TransportError::Other(innermost(error))
    }
}

/// Tells from the chain of causes why there is no connection.
///
/// The types of hyper's connectors are private, so their sentences have to do.
fn cause_of(error: &reqwest::Error, is_https: bool) -> UnreachableCause {
    let mut cause = if error.is_timeout() {
        UnreachableCause::Timeout
    } else {
        UnreachableCause::Other
    };
    for link in chain(error) {
        let text = link.to_string();
        if text.starts_with("tunnel error") || text.starts_with("SOCKS error") {
            // What follows is about the connection to the proxy.
            return UnreachableCause::Proxy;
        }
        if text.starts_with("dns error") {
            return UnreachableCause::Dns;
        }
        let Some(error) = link.downcast_ref::<io::Error>() else {
            continue;
        };
        cause = match error.kind() {
            ErrorKind::ConnectionRefused => UnreachableCause::Refused,
            ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::AddrNotAvailable => {
                UnreachableCause::NoRoute
            }
            ErrorKind::TimedOut => UnreachableCause::Timeout,
            // rustls' own errors, and a peer that hangs up in the middle of the handshake.
            ErrorKind::InvalidData | ErrorKind::UnexpectedEof if is_https => UnreachableCause::Tls,
            _ => continue,
        };
    }
    cause
}

/// An error and its causes. An I/O error's `source` leaves out the error that it wraps.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        let wrapped = error.downcast_ref().and_then(io::Error::get_ref);
        match wrapped {
            Some(wrapped) => Some(wrapped as &(dyn Error + 'static)),
            None => error.source(),
        }
    })
}

/// The innermost cause: reqwest's own sentence repeats the address.
fn innermost(error: &reqwest::Error) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}

/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
