//! The Backend API of a case: a table of answers, and a record of the calls.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use clerk_client::transport::{BoxFuture, Request, Response, Transport, TransportError};
use serde_json::Value;

/// A call as the vectors record it, without what they call information.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) host: String,
    pub(crate) path: String,
    pub(crate) authorization: String,
    pub(crate) body: Value,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Upstream(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    secret_key: String,
    machine_secret_key: String,
    answers: Vec<Value>,
    used: HashMap<(String, String), usize>,
    calls: Vec<Call>,
}

impl Upstream {
    pub(crate) fn new(secret_key: &str, machine_secret_key: &str) -> Self {
        Self(Arc::new(Mutex::new(State {
            secret_key: secret_key.to_owned(),
            machine_secret_key: machine_secret_key.to_owned(),
            ..State::default()
        })))
    }

    /// Takes the answers of the next exchange and forgets the calls of the last one.
    pub(crate) fn load(&self, answers: &[Value]) {
        let mut state = self.0.lock().unwrap();
        state.answers = answers.to_vec();
        state.used.clear();
        state.calls.clear();
    }

    /// The calls of this exchange, runs of the same call counted as one.
    pub(crate) fn calls(&self) -> Vec<Call> {
        let mut calls = self.0.lock().unwrap().calls.clone();
        calls.dedup();
        calls
    }
}

impl State {
    fn answer(&mut self, request: &Request) -> Result<Response, TransportError> {
        let uri: http::Uri = request.url.parse().expect("an absolute URL");
        let method = request.method.to_string();
        let path = uri.path_and_query().map(ToString::to_string).unwrap_or_default();
        let bearer = request
            .headers
            .get("authorization")
            .map(|value| value.to_str().unwrap_or_default().to_owned());
        self.calls.push(Call {
            method: method.clone(),
            host: uri.authority().map(ToString::to_string).unwrap_or_default(),
            path,
            authorization: match bearer {
                None => "none".to_owned(),
                Some(bearer) if bearer == format!("Bearer {}", self.secret_key) => "secret_key".to_owned(),
                Some(bearer) if bearer == format!("Bearer {}", self.machine_secret_key) => {
                    "machine_secret_key".to_owned()
                }
                Some(_) => "other".to_owned(),
            },
            body: request.body.as_deref().map_or(Value::Null, |body| {
                serde_json::from_slice(body).unwrap_or_default()
            }),
        });
        let matches = |answer: &&Value| answer["method"] == *method && answer["path"] == *uri.path();
        let answers: Vec<&Value> = self.answers.iter().filter(matches).collect();
        let used = self.used.entry((method, uri.path().to_owned())).or_default();
        let answer = answers
            .get(*used)
            .or(answers.last())
            .ok_or_else(|| TransportError::Other("no answer".into()))?;
        *used += 1;
        if answer.get("error").is_some() {
            return Err(TransportError::Connect("refused".into()));
        }
        let mut headers = http::HeaderMap::new();
        let body = match &answer["body"] {
            Value::String(text) => {
                headers.insert("content-type", "text/plain".parse().unwrap());
                text.clone()
            }
            Value::Null if answer.get("body").is_none() => String::new(),
            json => {
                headers.insert("content-type", "application/json".parse().unwrap());
                json.to_string()
            }
        };
        for (name, value) in answer["headers"].as_object().into_iter().flatten() {
            let name: http::HeaderName = name.parse().unwrap();
            headers.insert(name, value.as_str().unwrap().parse().unwrap());
        }
        let status = u16::try_from(answer["status"].as_u64().expect("a status")).unwrap();
        Ok(Response {
            status: http::StatusCode::from_u16(status).unwrap(),
            headers,
            body: Bytes::from(body),
        })
    }
}

impl Transport for Upstream {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move { self.0.lock().unwrap().answer(&request) })
    }
}
