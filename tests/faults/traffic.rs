//! Those who send: steady good requests, forged ones, and probes with keys that come and go.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use clerk_runtime::Clerk;
use http::Request;
use http_body_util::{BodyExt, Empty};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::{MissedTickBehavior, interval};

use crate::tally::Tally;
use crate::tokens::Tokens;

/// What all senders share.
#[derive(Clone)]
pub(crate) struct Sender {
    pub(crate) clerk: Clerk,
    pub(crate) tokens: Arc<Tokens>,
    pub(crate) tally: Arc<Tally>,
    client: Client<HttpConnector, Empty<Bytes>>,
    url: http::Uri,
}

impl Sender {
    pub(crate) fn new(clerk: Clerk, tokens: Arc<Tokens>, tally: Arc<Tally>, address: SocketAddr) -> Self {
        Self {
            clerk,
            tokens,
            tally,
            client: Client::builder(TokioExecutor::new())
                .pool_idle_timeout(Duration::from_secs(1))
                .pool_timer(TokioTimer::new())
                .build_http(),
            url: format!("http://{address}/me").parse().expect("an address"),
        }
    }

    /// The status, 0 if there was no answer.
    pub(crate) async fn status(&self, bearer: &str) -> u16 {
        let request = Request::get(self.url.clone()).header("authorization", bearer);
        let request = request.body(Empty::new()).expect("a request");
        let Ok(response) = self.client.request(request).await else {
            return 0;
        };
        let status = response.status().as_u16();
        match response.into_body().collect().await {
            Ok(_) => status,
            Err(_) => 0,
        }
    }

    /// One of several who send good requests at a steady pace.
    pub(crate) async fn good(self, pause: Duration) {
        let mut ticks = interval(pause);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let (kind, bearer, sent) = (self.tally.now(), self.tokens.good(), Instant::now());
            let status = self.status(&bearer).await;
            self.tally.good(kind, status, sent.elapsed());
        }
    }

    pub(crate) async fn unknown_kids(self) {
        self.hostile(
            "unknown kid",
            |sender, number| sender.tokens.unknown_kid(number),
            |rates| rates.0,
        )
        .await;
    }

    pub(crate) async fn bad_signatures(self) {
        self.hostile(
            "bad signature",
            |sender, number| sender.tokens.bad_signature(number),
            |rates| rates.1,
        )
        .await;
    }

    /// Sends without waiting for answers, since unknown kids may have to wait; but never more than 200 at a time.
    async fn hostile(
        self,
        what: &'static str,
        token: impl Fn(&Self, usize) -> String,
        rate: impl Fn((u32, u32)) -> u32,
    ) {
        let room = Arc::new(tokio::sync::Semaphore::new(200));
        for number in 0.. {
            let per_second = rate(self.tally.hostile_rates());
            let Some(pause) = Duration::from_secs(1).checked_div(per_second) else {
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            };
            tokio::time::sleep(pause).await;
            let Ok(permit) = Arc::clone(&room).try_acquire_owned() else {
                continue;
            };
            let (sender, bearer) = (self.clone(), token(&self, number));
            tokio::spawn(async move {
                let status = sender.status(&bearer).await;
                sender.tally.hostile(what, status);
                drop(permit);
            });
        }
    }

    /// A key that was withdrawn is refused by every set that was asked for since.
    pub(crate) async fn retired_keys(self) {
        loop {
            tokio::time::sleep(Duration::from_millis(50)).await;
            let Some((bearer, retired_at)) = self.tokens.retired() else {
                continue;
            };
            let since = retired_at.elapsed();
            let set_is_newer = self.clerk.health().age.is_some_and(|age| age < since);
            let status = self.status(&bearer).await;
            if set_is_newer {
                self.tally.hostile("withdrawn key", status);
            }
        }
    }
}
