//! O: strangers whose requests cause calls of Clerk.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use clerk_client::Transport;
use clerk_client::transport::{BoxFuture, Request, ReqwestTransport, Response, TransportError};
use clerk_runtime::{Clerk, ClerkLayer, UserId, protected};
use clerk_testing::LocalInstance;
use http::{HeaderMap, StatusCode};
use tokio::task::JoinSet;

use crate::scene::{Answer, request, send};

/// The requests of a flood.
const FLOOD: usize = 300;
/// What a full bucket is good for, in development.
const BURST: usize = 30;
/// What it gets in a second.
const PER_SECOND: usize = 3;

#[protected(token = "api_key")]
async fn key() -> &'static str {
    "key"
}

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.into()
}

/// The way to a local instance. It counts what is sent, and can answer 429 to all that is not about one credential.
#[derive(Debug, Clone)]
struct Gate {
    network: Arc<ReqwestTransport>,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    calls: usize,
    /// The credential that is let through, and the `Retry-After` of the others.
    closed_but_for: Option<(String, u64)>,
}

impl Gate {
    fn new() -> Self {
        Self {
            network: Arc::new(ReqwestTransport::without_proxy().unwrap()),
            inner: Arc::default(),
        }
    }

    fn calls(&self) -> usize {
        self.inner.lock().unwrap().calls
    }

    fn close_but_for(&self, credential: &str, retry_after: u64) {
        self.inner.lock().unwrap().closed_but_for = Some((credential.to_owned(), retry_after));
    }

    fn open(&self) {
        self.inner.lock().unwrap().closed_but_for = None;
    }
}

impl Transport for Gate {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let mut inner = self.inner.lock().unwrap();
        inner.calls += 1;
        if let Some((credential, retry_after)) = &inner.closed_but_for {
            let body = request.body.as_deref().unwrap_or_default();
            let is_let_through = body
                .windows(credential.len())
                .any(|part| part == credential.as_bytes());
            if !is_let_through {
                let mut headers = HeaderMap::new();
                headers.insert("retry-after", (*retry_after).into());
                return Box::pin(std::future::ready(Ok(Response {
                    status: StatusCode::TOO_MANY_REQUESTS,
                    headers,
                    body: "{\"errors\":[]}".into(),
                })));
            }
        }
        drop(inner);
        let network = Arc::clone(&self.network);
        Box::pin(async move { network.send(request).await })
    }
}

struct Scene {
    instance: LocalInstance,
    gate: Gate,
    clerk: Clerk,
    app: Router,
    /// A key that Clerk has verified before.
    good: String,
    /// The cookies of one expired session, and the name of its refresh cookie.
    expired: (String, String),
}

impl Scene {
    async fn set() -> Self {
        let instance = LocalInstance::start().await.unwrap();
        let gate = Gate::new();
        let builder = instance.clerk_builder().transport(gate.clone());
        let clerk = builder.jwt_key(instance.jwt_key()).build().unwrap();
        let app = Router::new()
            .route("/me", get(me))
            .route("/key", get(key))
            .layer(ClerkLayer::new(clerk.clone()))
            .with_state(clerk.clone());
        let good = instance.api_key("ada").secret();
        let ada = instance.user("ada").expired();
        let refresh = ada.refresh_cookie();
        let (name, _) = refresh.split_once('=').unwrap();
        let expired = (ada.cookie(), name.to_owned());
        let scene = Self {
            expired,
            instance,
            gate,
            clerk,
            app,
            good,
        };
        scene.bear(&scene.good).await.assert_is(200);
        scene
    }

    async fn bear(&self, key: &str) -> Answer {
        let authorization = format!("Bearer {key}");
        send(
            &self.app,
            request("GET", "/key", &[("authorization", &authorization)]),
        )
        .await
    }

    /// Sends a flood, a number of requests at a time, and the good key all along. Returns the answers by status and the calls.
    async fn flood(&self, kind: &str, at_a_time: usize) -> Flooded {
        let (before, mut by_status) = (self.gate.calls(), BTreeMap::new());
        let mut good = 0;
        let started = std::time::Instant::now();
        for chunk in (0..FLOOD).collect::<Vec<_>>().chunks(at_a_time) {
            let mut asked = JoinSet::new();
            for number in chunk {
                let (app, sent) = (self.app.clone(), self.sent(kind, *number));
                asked.spawn(async move {
                    let headers: Vec<(&str, &str)> = sent
                        .headers
                        .iter()
                        .map(|(name, value)| (*name, value.as_str()))
                        .collect();
                    send(&app, request("GET", sent.path, &headers)).await
                });
            }
            self.bear(&self.good).await.assert_is(200);
            good += 1;
            for answer in asked.join_all().await {
                if answer.status == StatusCode::SERVICE_UNAVAILABLE {
                    let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
                    assert!((1..=300).contains(&wait), "{answer:?}");
                }
                assert_ne!(answer.status, StatusCode::OK, "{kind}: {answer:?}");
                *by_status.entry(answer.status.as_u16()).or_insert(0) += 1;
            }
        }
        let calls = self.gate.calls() - before - good;
        let seconds = usize::try_from(started.elapsed().as_secs()).unwrap() + 1;
        Flooded {
            calls,
            limit: BURST + PER_SECOND * seconds,
            by_status,
        }
    }

    fn sent(&self, kind: &str, number: usize) -> Sent {
        let document = ("sec-fetch-dest", "document".to_owned());
        let host = ("host", "localhost:3000".to_owned());
        let browser = "__clerk_db_jwt=dvb_1";
        let bearer = |token: String| Sent {
            path: "/key",
            headers: vec![("authorization", format!("Bearer {token}"))],
        };
        match kind {
            "nonce cookie, another each" => Sent {
                path: "/me",
                headers: vec![
                    host,
                    document,
                    (
                        "cookie",
                        format!("{browser}; __clerk_handshake_nonce=hn_{number}"),
                    ),
                ],
            },
            "the same nonce cookie" => Sent {
                path: "/me",
                headers: vec![
                    host,
                    document,
                    ("cookie", format!("{browser}; __clerk_handshake_nonce=hn_same")),
                ],
            },
            "opaque token, another each" => bearer(format!("ak_stranger{number}")),
            "the same opaque token" => bearer("ak_stranger".to_owned()),
            "expired session with a bad refresh cookie" => Sent {
                path: "/me",
                headers: vec![host, document, ("cookie", self.expired("rt_bad"))],
            },
            "expired session, another refresh cookie each" => Sent {
                path: "/me",
                headers: vec![host, ("cookie", self.expired(&format!("rt_{number}")))],
            },
            other => panic!("{other}"),
        }
    }

    /// The cookies of the expired session, with this refresh token.
    fn expired(&self, refresh_token: &str) -> String {
        let (cookies, name) = &self.expired;
        format!("{cookies}; {name}={refresh_token}")
    }
}

struct Sent {
    path: &'static str,
    headers: Vec<(&'static str, String)>,
}

struct Flooded {
    calls: usize,
    limit: usize,
    by_status: BTreeMap<u16, usize>,
}

impl Flooded {
    #[allow(clippy::print_stdout, reason = "the figures are what is told of a flood")]
    #[track_caller]
    fn check(&self, kind: &str, most: usize) {
        let Self {
            calls,
            limit,
            by_status,
        } = self;
        println!("{FLOOD} requests, {kind}: {calls} calls (limit {limit}), answers {by_status:?}");
        assert!(*calls <= *limit, "{kind}: {calls} calls");
        assert!((1..=most).contains(calls), "{kind}: {calls} calls");
        if kind.contains("each") {
            // What is not asked about is not refused: it is 503, never 401.
            let unavailable = by_status.get(&503).copied().unwrap_or_default();
            assert!(unavailable >= FLOOD - calls, "{kind}: {by_status:?}");
        }
    }
}

const KINDS: [(&str, usize); 6] = [
    ("nonce cookie, another each", usize::MAX),
    ("the same nonce cookie", 20),
    ("opaque token, another each", usize::MAX),
    ("the same opaque token", 20),
    ("expired session with a bad refresh cookie", 1),
    ("expired session, another refresh cookie each", usize::MAX),
];

#[tokio::test]
async fn o1_floods_cause_few_calls_and_a_verified_key_passes() {
    for at_a_time in [FLOOD, 5] {
        for (kind, most) in KINDS {
            let scene = Scene::set().await;
            let flooded = scene.flood(kind, at_a_time).await;
            flooded.check(&format!("{kind}, {at_a_time} at a time"), most);
            // A good key that was never seen: within a second.
            let new = scene.instance.api_key("grace").secret();
            let started = std::time::Instant::now();
            while scene.bear(&new).await.status != StatusCode::OK {
                assert!(started.elapsed() < Duration::from_secs(1), "{kind}");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            let health = scene.clerk.health().calls;
            assert!(
                health.reserved.made > 0 && health.reserved.refused == 0,
                "{health:?}"
            );
            assert_eq!((health.unknown.in_flight, health.reserved.in_flight), (0, 0));
        }
    }
}

#[tokio::test]
async fn o2_while_clerk_answers_429_strangers_cause_hardly_a_call() {
    for (kind, _) in KINDS {
        let scene = Scene::set().await;
        scene.gate.close_but_for(&scene.good, 7);
        let flooded = scene.flood(kind, 5).await;
        flooded.check(&format!("{kind}, while Clerk answers 429"), 10);
        let new = scene.instance.api_key("grace").secret();
        let refused = scene.bear(&new).await;
        refused.assert_is(503);
        let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
        assert!((1..=7).contains(&wait), "{wait}");
        scene.bear(&scene.good).await.assert_is(200);
        // After the time that Clerk gave.
        scene.gate.open();
        scene.instance.advance(Duration::from_secs(7));
        scene.bear(&new).await.assert_is(200);
    }
}

#[tokio::test]
async fn o2_a_verified_key_that_is_told_to_wait_waits_too() {
    let scene = Scene::set().await;
    scene.gate.close_but_for("no credential", 20);
    let answer = scene.bear(&scene.good).await;
    answer.assert_is(503);
    assert_eq!(answer.header("retry-after"), Some("20"));
    scene.gate.open();
    let calls = scene.gate.calls();
    scene.bear(&scene.good).await.assert_is(503);
    assert_eq!(scene.gate.calls(), calls, "it was told to wait");
    scene.instance.advance(Duration::from_secs(20));
    scene.bear(&scene.good).await.assert_is(200);
}

#[tokio::test]
async fn o3_malformed_credentials_and_nonces_beside_no_document_cause_no_call() {
    let scene = Scene::set().await;
    let before = scene.gate.calls();
    for token in ["ak_", "ak_../../x", "ak_a.b.", &format!("ak_{}", "x".repeat(257))] {
        scene.bear(token).await.assert_is(401);
    }
    let nonce = "__clerk_db_jwt=dvb_1; __clerk_handshake_nonce=hn_1";
    for (method, headers) in [
        ("GET", &[("sec-fetch-dest", "empty")][..]),
        ("GET", &[("accept", "*/*")]),
        ("POST", &[("sec-fetch-dest", "document")]),
        ("HEAD", &[("sec-fetch-dest", "document")]),
    ] {
        let headers = [headers, &[("host", "localhost:3000"), ("cookie", nonce)]].concat();
        let answer = send(&scene.app, request(method, "/me", &headers)).await;
        assert!(matches!(answer.status.as_u16(), 401 | 405), "{method} {answer:?}");
    }
    for nonce in ["a%20b", "..%2F", &"n".repeat(257)] {
        let cookie = format!("__clerk_db_jwt=dvb_1; __clerk_handshake_nonce={nonce}");
        let headers = [
            ("host", "localhost:3000"),
            ("sec-fetch-dest", "document"),
            ("cookie", &*cookie),
        ];
        send(&scene.app, request("GET", "/me", &headers)).await;
    }
    assert_eq!(scene.gate.calls(), before);
}

#[tokio::test]
async fn o4_what_clerk_does_not_know_is_asked_about_once_a_minute() {
    let scene = Scene::set().await;
    let before = scene.gate.calls();
    for _ in 0..FLOOD {
        scene.bear("ak_stranger").await.assert_is(401);
    }
    assert_eq!(scene.gate.calls(), before + 1);
    scene.instance.advance(Duration::from_secs(59));
    scene.bear("ak_stranger").await.assert_is(401);
    assert_eq!(scene.gate.calls(), before + 1);
    scene.instance.advance(Duration::from_secs(1));
    scene.bear("ak_stranger").await.assert_is(401);
    assert_eq!(scene.gate.calls(), before + 2);
    // Another answer than 404 is not kept: the same key passes as soon as Clerk says so.
    let new = scene.instance.api_key("grace").secret();
    for status in [400, 401, 403, 429, 500, 503] {
        let fault = clerk_testing::Fault::Status(status);
        scene.instance.fault(clerk_testing::Endpoint::ApiKeys, fault);
        assert_ne!(scene.bear(&new).await.status, StatusCode::OK, "{status}");
        scene.instance.clear_faults();
        scene.instance.advance(Duration::from_secs(2));
        scene.bear(&new).await.assert_is(200);
    }
}

#[tokio::test]
async fn o4_requests_of_one_expired_session_share_a_refresh() {
    let scene = Scene::set().await;
    let ada = scene.instance.user("ada").expired();
    let cookie = format!("{}; {}", ada.cookie(), ada.refresh_cookie());
    let before = scene.gate.calls();
    let mut asked = JoinSet::new();
    for _ in 0..FLOOD {
        let (app, cookie) = (scene.app.clone(), cookie.clone());
        asked.spawn(async move {
            let headers = [("host", "localhost:3000"), ("cookie", &*cookie)];
            send(&app, request("GET", "/me", &headers)).await
        });
    }
    let answers = asked.join_all().await;
    assert!(
        answers.iter().all(|answer| answer.body == ada.user_id()),
        "{answers:?}"
    );
    assert_eq!(scene.gate.calls(), before + 1, "for {FLOOD} requests");
    // Another browser with another refresh cookie, or another origin, has its own.
    let other = format!("{}; {}", ada.cookie(), ada.refresh_cookie());
    assert_ne!(other, cookie);
    for (host, cookie) in [("localhost:3000", &other), ("127.0.0.1:3000", &cookie)] {
        let before = scene.gate.calls();
        let headers = [("host", host), ("cookie", cookie.as_str())];
        send(&scene.app, request("GET", "/me", &headers)).await;
        assert_eq!(scene.gate.calls(), before + 1, "{host}");
    }
}
