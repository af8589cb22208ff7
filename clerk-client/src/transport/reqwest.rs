use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::Method;
use http::header::CONTENT_LENGTH;

use super::{BoxFuture, Request, Response, Transport, TransportError};

/// Requests over reqwest with rustls, each given to one host only: no redirect is followed.
#[derive(Debug, Clone)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    /// A transport with a connection pool of its own, over the proxies that the environment names. Connects to
    /// nothing yet.
    ///
    /// # Errors
    /// The TLS backend cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::build(reqwest::Client::builder())
    }

    /// A transport that leaves the environment's proxies alone. A [`Client`](crate::Client) for an address on loopback
    /// takes this one: over a proxy, plain `http` would show the secret key to another machine.
    ///
    /// # Errors
    /// The TLS backend cannot be set up.
    pub fn without_proxy() -> Result<Self, TransportError> {
        Self::build(reqwest::Client::builder().no_proxy())
    }

    fn build(builder: reqwest::ClientBuilder) -> Result<Self, TransportError> {
        builder
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .build()
            .map(Self)
            .map_err(|error| error_of(&error))
    }

    async fn exchange(&self, request: Request) -> Result<Response, TransportError> {
        let may_have_body = matches!(request.method, Method::POST | Method::PUT | Method::PATCH);
        let mut call = self
            .0
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
        let mut response = call.send().await.map_err(|error| error_of(&error))?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let body = limited(&mut response, request.max_response_bytes).await?;
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
        Some(Box::pin(tokio::time::sleep(duration)))
    }
}

async fn limited(response: &mut reqwest::Response, limit: usize) -> Result<Bytes, TransportError> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| error_of(&error))? {
        if body.len() + chunk.len() > limit {
            return Err(TransportError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// The innermost cause: reqwest's own sentence repeats the address.
fn error_of(error: &reqwest::Error) -> TransportError {
    if error.is_timeout() {
        return TransportError::Timeout;
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    let cause = cause.to_string();
    if error.is_connect() {
        TransportError::Connect(cause)
    } else {
        TransportError::Other(cause)
    }
}

/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
