use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::transport::{BoxFuture, Request, Response, Transport, TransportError};
use clerk_client::{Client, ClientBuilder};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

pub(crate) type Answer = Result<Response, TransportError>;

/// Gives its answers in their order, the last one for ever; remembers requests and pauses, and waits for nothing.
#[derive(Clone)]
pub(crate) struct Script(Arc<Mutex<State>>);

struct State {
    answers: VecDeque<Answer>,
    requests: Vec<Request>,
    pauses: Vec<Duration>,
    can_wait: bool,
}

impl Script {
    pub(crate) fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self(Arc::new(Mutex::new(State {
            answers: answers.into_iter().collect(),
            requests: Vec::new(),
            pauses: Vec::new(),
            can_wait: true,
        })))
    }

    /// One that knows no time.
    pub(crate) fn without_clock(self) -> Self {
        self.0.lock().unwrap().can_wait = false;
        self
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder("sk_test_planted").transport(self.clone())
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.0.lock().unwrap().requests)
    }

    pub(crate) fn pauses(&self) -> Vec<Duration> {
        std::mem::take(&mut self.0.lock().unwrap().pauses)
    }
}

pub(crate) fn answer(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Answer {
    let headers = headers
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
    Ok(Response {
        status: StatusCode::from_u16(status).unwrap(),
        headers: headers.collect::<HeaderMap>(),
        body: body.to_owned().into(),
    })
}

pub(crate) fn ok(body: &str) -> Answer {
    answer(200, &[], body)
}

fn again(answer: &Answer) -> Answer {
    answer.as_ref().map_err(Clone::clone).map(|response| Response {
        status: response.status,
        headers: response.headers.clone(),
        body: response.body.clone(),
    })
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Script")
    }
}

impl Transport for Script {
    fn send(&self, request: Request) -> BoxFuture<'_, Answer> {
        let mut state = self.0.lock().unwrap();
        state.requests.push(request);
        let answer = if state.answers.len() > 1 {
            state.answers.pop_front().unwrap()
        } else {
            again(&state.answers[0])
        };
        Box::pin(std::future::ready(answer))
    }

    fn pause(&self, duration: Duration) -> Option<BoxFuture<'_, ()>> {
        let mut state = self.0.lock().unwrap();
        if !state.can_wait {
            return None;
        }
        state.pauses.push(duration);
        Some(Box::pin(std::future::ready(())))
    }
}
