//! A Clerk that is only a transport: it answers what a test says and writes down what it was asked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use clerk_client::Transport;
use clerk_client::transport::{BoxFuture, Request, Response, TransportError};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

#[derive(Debug, Clone)]
pub(crate) struct Upstream(Arc<Mutex<Inner>>);

#[derive(Debug)]
struct Inner {
    status: StatusCode,
    body: Bytes,
    delay: Duration,
    calls: Vec<String>,
}

impl Upstream {
    /// Answers every request with a key set of these keys.
    pub(crate) fn publishing(keys: &[Value]) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            status: StatusCode::OK,
            body: key_set(keys),
            delay: Duration::ZERO,
            calls: Vec::new(),
        })))
    }

    pub(crate) fn publish(&self, keys: &[Value]) {
        self.answer(200, key_set(keys));
    }

    pub(crate) fn answer(&self, status: u16, body: impl Into<Bytes>) {
        let mut inner = self.0.lock().unwrap();
        inner.status = StatusCode::from_u16(status).unwrap();
        inner.body = body.into();
    }

    /// Lets every answer take this long.
    pub(crate) fn delay(&self, delay: Duration) {
        self.0.lock().unwrap().delay = delay;
    }

    /// Method and address of everything that was asked, in order.
    pub(crate) fn calls(&self) -> Vec<String> {
        self.0.lock().unwrap().calls.clone()
    }

    pub(crate) fn count(&self) -> usize {
        self.0.lock().unwrap().calls.len()
    }
}

fn key_set(keys: &[Value]) -> Bytes {
    json!({"keys": keys}).to_string().into()
}

impl Transport for Upstream {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let (answer, delay) = {
            let mut inner = self.0.lock().unwrap();
            inner.calls.push(format!("{} {}", request.method, request.url));
            let mut headers = HeaderMap::new();
            headers.insert("content-type", "application/json".parse().unwrap());
            let answer = Response {
                status: inner.status,
                headers,
                body: inner.body.clone(),
            };
            (answer, inner.delay)
        };
        let is_too_long = answer.body.len() > request.max_response_bytes;
        Box::pin(async move {
            tokio::time::sleep(delay).await;
            if is_too_long {
                Err(TransportError::TooLarge)
            } else {
                Ok(answer)
            }
        })
    }
}
