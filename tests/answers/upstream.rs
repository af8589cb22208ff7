//! Clerk's Backend API without a network: what it answers is decided by what it is asked, and by the hour.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::Transport;
use clerk_client::transport::{BoxFuture, Request, Response, TransportError};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::{Value, json};

use crate::canned;
use crate::keys::{Key, MAIN, NEXT, OTHER};

/// How the key set is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JwksAnswer {
    Good,
    Failing,
    RateLimited,
    Unauthorized,
    Malformed,
    Empty,
    Refused,
    TimedOut,
    /// Says nothing for longer than anything waits.
    Silent,
}

/// Which keys are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Published {
    Main,
    Both,
    Next,
    /// The instance's key under its own name, with another instance's modulus.
    Swapped,
}

#[derive(Debug, Clone)]
pub(crate) struct Upstream(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    jwks: JwksAnswer,
    published: Published,
    fresh: Fresh,
}

/// What Clerk hands over at the moment.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fresh {
    pub(crate) session_token: String,
    /// One that is not accepted.
    pub(crate) bad_session_token: String,
    pub(crate) suffix: String,
    pub(crate) now: i64,
}

impl Upstream {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(State {
            jwks: JwksAnswer::Good,
            published: Published::Main,
            fresh: Fresh::default(),
        })))
    }

    pub(crate) fn set(&self, jwks: JwksAnswer, published: Published, fresh: Fresh) {
        *self.0.lock().unwrap() = State {
            jwks,
            published,
            fresh,
        };
    }

    fn answer(&self, request: &Request) -> Reply {
        let state = self.0.lock().unwrap();
        let url = url::Url::parse(&request.url).unwrap();
        let body: Value = request
            .body
            .as_deref()
            .and_then(|body| serde_json::from_slice(body).ok())
            .unwrap_or_default();
        let path = url.path();
        if path.ends_with("/jwks") {
            return key_set(state.jwks, state.published);
        }
        if path.ends_with("/clients/handshake_payload") {
            let nonce = url.query_pairs().find(|(name, _)| name == "nonce");
            let nonce = nonce.map(|(_, value)| value.into_owned()).unwrap_or_default();
            return canned::handshake(&nonce, &state.fresh);
        }
        if path.ends_with("/refresh") {
            let token = body["refresh_token"].as_str().unwrap_or_default();
            return canned::refresh(token, &state.fresh);
        }
        let token = ["secret", "token", "access_token"]
            .iter()
            .find_map(|name| body[*name].as_str())
            .unwrap_or_default();
        canned::machine(path, token, &state.fresh)
    }
}

impl Transport for Upstream {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let reply = self.answer(&request);
        Box::pin(async move {
            match reply {
                Reply::Answer(response) => Ok(response),
                Reply::Error(error) => Err(error),
                Reply::Silence => {
                    tokio::time::sleep(Duration::from_secs(60)).await;
                    Err(TransportError::Timeout)
                }
            }
        })
    }

    fn pause(&self, _: Duration) -> Option<BoxFuture<'_, ()>> {
        Some(Box::pin(std::future::ready(())))
    }
}

/// What becomes of a call.
pub(crate) enum Reply {
    Answer(Response),
    Error(TransportError),
    Silence,
}

impl Reply {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::text(status, "application/json", &body.to_string())
    }

    pub(crate) fn text(status: u16, content_type: &'static str, body: &str) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static(content_type));
        Self::Answer(Response {
            status: StatusCode::from_u16(status).unwrap(),
            headers,
            body: body.to_owned().into(),
        })
    }

    pub(crate) fn error(status: u16, code: &str) -> Self {
        let error = json!({"code": code, "message": "no", "long_message": "no"});
        Self::json(status, &json!({"errors": [error]}))
    }

    pub(crate) fn retry_after(mut self, seconds: u32) -> Self {
        if let Self::Answer(response) = &mut self {
            response.headers.insert("retry-after", seconds.into());
        }
        self
    }
}

fn key_set(jwks: JwksAnswer, published: Published) -> Reply {
    let jwk = |key: &Key| key.jwk.clone();
    let keys = match published {
        Published::Main => vec![jwk(&MAIN)],
        Published::Both => vec![jwk(&MAIN), jwk(&NEXT)],
        Published::Next => vec![jwk(&NEXT)],
        Published::Swapped => {
            let mut swapped = jwk(&OTHER);
            swapped["kid"] = MAIN.kid.as_str().into();
            vec![swapped, jwk(&NEXT)]
        }
    };
    match jwks {
        JwksAnswer::Good => Reply::json(200, &json!({ "keys": keys })),
        JwksAnswer::Failing => Reply::error(500, "internal_clerk_error"),
        JwksAnswer::RateLimited => Reply::error(429, "too_many_requests").retry_after(120),
        JwksAnswer::Unauthorized => Reply::error(401, "clerk_key_invalid"),
        JwksAnswer::Malformed => Reply::text(200, "application/json", "{\"keys\":[{\"kty\":"),
        JwksAnswer::Empty => Reply::json(200, &json!({"keys": []})),
        JwksAnswer::Refused => Reply::Error(TransportError::Connect("refused".into())),
        JwksAnswer::TimedOut => Reply::Error(TransportError::Timeout),
        JwksAnswer::Silent => Reply::Silence,
    }
}
