//! A transport that remembers what it was asked, and answers what it was told.

use std::fmt;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use clerk_client::Client;
use clerk_client::transport::{BoxFuture, Request, Response, Transport, TransportError};
use http::{HeaderMap, HeaderValue, StatusCode, header};

#[derive(Clone, Default)]
pub(crate) struct Recorder(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    requests: Vec<Request>,
    answer: (StatusCode, Bytes),
}

impl Recorder {
    pub(crate) fn client(&self) -> Client {
        Client::builder("sk_test_planted")
            .machine_secret_key("ak_planted")
            .transport(self.clone())
            .build()
            .unwrap()
    }

    pub(crate) fn answer(&self, status: StatusCode, body: impl Into<Bytes>) {
        self.0.lock().unwrap().answer = (status, body.into());
    }

    pub(crate) fn taken(&self) -> Vec<Request> {
        std::mem::take(&mut self.0.lock().unwrap().requests)
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recorder")
    }
}

impl Transport for Recorder {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let mut state = self.0.lock().unwrap();
        state.requests.push(request);
        let (status, body) = state.answer.clone();
        let json = HeaderValue::from_static("application/json; charset=utf-8");
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, json)]);
        Box::pin(std::future::ready(Ok(Response {
            status,
            headers,
            body,
        })))
    }
}
