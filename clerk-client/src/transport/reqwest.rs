use std::error::Error;
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_LENGTH;
use http::uri::Scheme;
use http::{Method, Uri};
use tokio::runtime::Handle;

use super::paused_clock;
use super::per_runtime::{Build, Clients, PlainOrTls};
use super::{BoxFuture, Request, Response, Transport, TransportError, UnreachableCause};

/// Requests over reqwest with rustls, each given to one host only: no redirect is followed.
///
/// Each Tokio runtime has connections of its own, so one transport serves several, such as those of tests that share a `static`.
/// While tokio's clock is paused, deadlines go by the clock of the operating system, and the paused one stands still until the
/// answer is there.
///
/// A machine without certificate authorities can make one, and send plain `http`. A request by `https` then fails with
/// [`UnreachableCause::NoCertificateAuthorities`].
#[derive(Debug, Clone)]
pub struct ReqwestTransport(Arc<Clients>);

impl ReqwestTransport {
    /// A transport with a connection pool of its own, over the proxies that the environment names. Connects to
    /// nothing yet.
    ///
    /// # Errors
    /// The TLS backend cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::build(|is_paused| client(reqwest::Client::builder, is_paused))
    }

    /// A transport that leaves the environment's proxies alone. A [`Client`](crate::Client) for an address on loopback
    /// takes this one: over a proxy, plain `http` would show the secret key to another machine.
    ///
    /// # Errors
    /// The TLS backend cannot be set up.
    pub fn without_proxy() -> Result<Self, TransportError> {
        Self::build(|is_paused| client(|| reqwest::Client::builder().no_proxy(), is_paused))
    }

    fn build(build: Build) -> Result<Self, TransportError> {
        Ok(Self(Arc::new(Clients::new(build)?)))
    }

    async fn send_in_time(&self, request: Request) -> Result<Response, TransportError> {
        let address = Address::of(&request.url);
        let Ok(runtime) = Handle::try_current() else {
            return Err(address.unreachable(UnreachableCause::NoRuntime, ""));
        };
        let current = self.0.current(&runtime)?;
        let PlainOrTls {
            client,
            no_authorities,
        } = current.client;
        if let Some(detail) = no_authorities.filter(|_| address.is_https) {
            return Err(address.unreachable(UnreachableCause::NoCertificateAuthorities, &detail));
        }
        let (at_most, max_bytes) = (request.timeout, request.max_response_bytes);
        let call = call(&client, request);
        if current.is_paused {
            let outcome = paused_clock::timeout(at_most, exchange(&address, call, max_bytes)).await;
            return outcome.unwrap_or(Err(TransportError::Timeout));
        }
        // Covers the body too, so a server that drips it does not hold anybody up.
        exchange(&address, call.timeout(at_most), max_bytes).await
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(self.send_in_time(request))
    }

    fn pause(&self, duration: Duration) -> Option<BoxFuture<'_, ()>> {
        // A timer cannot be made outside of a runtime.
        Handle::try_current().ok()?;
        Some(Box::pin(tokio::time::sleep(duration)))
    }
}

fn client(builder: fn() -> reqwest::ClientBuilder, is_paused: bool) -> Result<PlainOrTls, TransportError> {
    let builder = || {
        let builder = builder().redirect(reqwest::redirect::Policy::none());
        match is_paused {
            true => builder,
            false => builder.connect_timeout(CONNECT_TIMEOUT),
        }
    };
    match builder().build() {
        Ok(client) => Ok(PlainOrTls {
            client,
            no_authorities: None,
        }),
        // With an empty list of authorities instead of the system's it builds, unless something else is wrong.
        Err(error) => match builder().tls_certs_only([]).build() {
            Ok(client) => Ok(PlainOrTls {
                client,
                no_authorities: Some(innermost(&error)),
            }),
            Err(error) => Err(TransportError::Other(innermost(&error))),
        },
    }
}

fn call(client: &reqwest::Client, request: Request) -> reqwest::RequestBuilder {
    let may_have_body = matches!(request.method, Method::POST | Method::PUT | Method::PATCH);
    let call = client
        .request(request.method, request.url)
        .headers(request.headers);
    match request.body {
        Some(body) => call.body(body),
        // Some gateways answer 411 to a POST that does not say how long it is (RFC 9110 §8.6).
        None if may_have_body => call.header(CONTENT_LENGTH, 0),
        None => call,
    }
}

async fn exchange(
    address: &Address,
    call: reqwest::RequestBuilder,
    max_response_bytes: usize,
) -> Result<Response, TransportError> {
    let mut response = call.send().await.map_err(|error| address.error(&error))?;
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let body = limited(&mut response, max_response_bytes)
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
