//! W: deliveries that Clerk did not make.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use aws_lc_rs::hmac;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::FromRef;
use axum::routing::post;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use clerk_runtime::clock::Clock;
use clerk_runtime::webhook::{
    Delivery, RecentDeliveries, ReplayGuard, ReplayGuardFuture, Webhook, WebhookError, WebhookVerifier,
};
use clerk_testing::TestClock;
use http::{HeaderMap, HeaderValue, Request};

use crate::scene::{Answer, send};

const SECRET: &str = "whsec_YXR0YWNrcy1vbGQtc2VjcmV0";
const NEXT_SECRET: &str = "whsec_YXR0YWNrcy1uZXctc2VjcmV0";
const BODY: &[u8] = br#"{"type":"user.created","data":{"id":"user_1"}}"#;
const LIMIT: usize = 4096;

/// An application with one endpoint, which counts what gets to its handler.
struct Scene {
    clock: TestClock,
    verifier: WebhookVerifier,
    handled: Arc<AtomicUsize>,
}

#[derive(Clone)]
struct State {
    verifier: WebhookVerifier,
    handled: Arc<AtomicUsize>,
}

impl FromRef<State> for WebhookVerifier {
    fn from_ref(state: &State) -> Self {
        state.verifier.clone()
    }
}

async fn receive(
    axum::extract::State(state): axum::extract::State<State>,
    Webhook(event): Webhook,
) -> String {
    state.handled.fetch_add(1, Ordering::SeqCst);
    format!("{} {}", event.message_id, event.event_type())
}

impl Scene {
    fn new(secrets: &[&str]) -> Self {
        let clock = TestClock::new();
        clock.freeze();
        let verifier = WebhookVerifier::with_secrets(secrets.iter().copied()).unwrap();
        Self {
            verifier: verifier.clock(clock.clone()).body_limit(LIMIT),
            clock,
            handled: Arc::default(),
        }
    }

    fn guarded(mut self, guard: impl ReplayGuard) -> Self {
        self.verifier = self.verifier.replay_guard(guard);
        self
    }

    fn now(&self) -> i64 {
        self.clock.unix_millis() / 1000
    }

    /// A delivery that is in order.
    fn good(&self, body: &[u8]) -> Attempt {
        Attempt::new(SECRET, "msg_1", &self.now().to_string(), body)
    }

    async fn answer(&self, headers: HeaderMap, body: Body) -> Answer {
        let mut request = Request::post("/").body(body).unwrap();
        *request.headers_mut() = headers;
        let state = State {
            verifier: self.verifier.clone(),
            handled: Arc::clone(&self.handled),
        };
        let app = Router::new().route("/", post(receive)).with_state(state);
        send(&app, request).await
    }

    #[track_caller]
    fn assert_handled(&self, times: usize) {
        assert_eq!(self.handled.load(Ordering::SeqCst), times);
    }

    async fn assert_taken(&self, attempt: Attempt) {
        let before = self.handled.load(Ordering::SeqCst);
        let answer = self.answer(attempt.headers, attempt.body.into()).await;
        answer.assert_is(200);
        self.assert_handled(before + 1);
    }

    /// Refused as everything else is, to the last header, and for this reason alone.
    async fn assert_refused(&self, attempt: Attempt, reason: WebhookError) {
        let before = self.handled.load(Ordering::SeqCst);
        let found = self.verifier.verify_once(&attempt.headers, &attempt.body).await;
        assert_eq!(found.map(drop), Err(reason), "{:?}", attempt.headers);
        let answer = self.answer(attempt.headers, attempt.body.into()).await;
        assert_constant(&answer);
        self.assert_handled(before);
    }
}

#[track_caller]
fn assert_constant(answer: &Answer) {
    answer.assert_is(400);
    let mut expected = HeaderMap::new();
    expected.insert("content-type", HeaderValue::from_static("application/json"));
    expected.insert("content-length", HeaderValue::from_static("32"));
    assert_eq!(answer.headers, expected);
    assert_eq!(answer.body, r#"{"error":"Webhook not verified"}"#);
}

#[derive(Clone)]
struct Attempt {
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Attempt {
    fn new(secret: &str, id: &str, timestamp: &str, body: &[u8]) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert("svix-id", HeaderValue::from_str(id).unwrap());
        headers.insert("svix-timestamp", HeaderValue::from_str(timestamp).unwrap());
        let signature = sign(secret, id, timestamp, body);
        headers.insert("svix-signature", HeaderValue::from_str(&signature).unwrap());
        Self {
            headers,
            body: body.to_vec(),
        }
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(name, HeaderValue::from_str(value).unwrap());
        self
    }

    fn with_another(mut self, name: &'static str, value: &str) -> Self {
        self.headers.append(name, HeaderValue::from_str(value).unwrap());
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    fn with_body(mut self, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self
    }

    fn signature(&self) -> &str {
        self.headers["svix-signature"].to_str().unwrap()
    }
}

fn sign(secret: &str, id: &str, timestamp: &str, body: &[u8]) -> String {
    let key = BASE64_STANDARD.decode(&secret["whsec_".len()..]).unwrap();
    let mut text = format!("{id}.{timestamp}.").into_bytes();
    text.extend_from_slice(body);
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), &text);
    format!("v1,{}", BASE64_STANDARD.encode(tag))
}

#[tokio::test]
async fn w1_forged_deliveries() {
    let scene = Scene::new(&[SECRET]);
    let time = scene.now().to_string();
    let good = scene.good(BODY);
    scene.assert_taken(good.clone()).await;
    let bare = good.signature().strip_prefix("v1,").unwrap();
    for signature in [
        "v1,".to_owned(),
        "v1".to_owned(),
        "v1,=".to_owned(),
        bare.to_owned(),
        format!("v1a,{bare}"),
        format!("v2,{bare}"),
        format!("V1,{bare}"),
        format!("v1,{}", bare.trim_end_matches('=')),
        format!("v1,{}", &bare[..20]),
        sign(NEXT_SECRET, "msg_1", &time, BODY),
        sign(SECRET, "msg_1", &time, b"{}"),
        sign(SECRET, "msg_2", &time, BODY),
        sign("whsec_", "msg_1", &time, BODY),
    ] {
        let forged = good.clone().with("svix-signature", &signature);
        scene.assert_refused(forged, WebhookError::Signature).await;
    }
    let changed = String::from_utf8(BODY.to_vec())
        .unwrap()
        .replace("user_1", "user_2");
    for tampered in [
        good.clone().with_body(changed.as_bytes()),
        good.clone().with_body(b""),
        good.clone().with_body(&[BODY, b" "].concat()),
        good.clone().with("svix-id", "msg_2"),
        good.clone()
            .with("svix-timestamp", &(scene.now() + 1).to_string()),
    ] {
        scene.assert_refused(tampered, WebhookError::Signature).await;
    }
}

#[tokio::test]
async fn w1_headers_are_there_once() {
    let scene = Scene::new(&[SECRET]);
    let good = scene.good(BODY);
    for name in ["svix-id", "svix-timestamp", "svix-signature"] {
        let missing = good.clone().without(name);
        scene.assert_refused(missing, WebhookError::Header(name)).await;
        let empty = good.clone().with(name, " ");
        scene.assert_refused(empty, WebhookError::Header(name)).await;
    }
    let time = scene.now().to_string();
    for (name, value) in [
        ("svix-id", "msg_2"),
        ("svix-id", "msg_1"),
        ("svix-timestamp", &*time),
    ] {
        let twice = good.clone().with_another(name, value);
        scene.assert_refused(twice, WebhookError::Header(name)).await;
    }
    // Signatures may be on several lines, as one list.
    let forged = good.clone().with("svix-signature", "v1,AAAA");
    scene
        .assert_taken(forged.with_another("svix-signature", good.signature()))
        .await;
    let mut unreadable = good;
    unreadable
        .headers
        .insert("svix-id", HeaderValue::from_bytes(b"msg_\xff").unwrap());
    scene
        .assert_refused(unreadable, WebhookError::Header("svix-id"))
        .await;
}

#[tokio::test]
async fn w1_timestamps_are_digits_within_five_minutes() {
    let scene = Scene::new(&[SECRET]);
    let now = scene.now();
    for odd in [
        format!("{now}junk"),
        format!("{now}.0"),
        format!("+{now}"),
        format!("-{now}"),
        format!("0x{now:x}"),
        format!("{now} {now}"),
        "1e9".to_owned(),
    ] {
        let attempt = Attempt::new(SECRET, "msg_1", &odd, BODY);
        scene.assert_refused(attempt, WebhookError::Timestamp).await;
    }
    let not_ascii = scene.good(BODY).with("svix-timestamp", "\u{661}");
    scene
        .assert_refused(not_ascii, WebhookError::Header("svix-timestamp"))
        .await;
    for (offset, refused) in [
        (300, None),
        (-300, None),
        (301, Some(WebhookError::TooNew)),
        (-301, Some(WebhookError::TooOld)),
        (-86_400, Some(WebhookError::TooOld)),
        (i64::MAX - now, Some(WebhookError::TooNew)),
    ] {
        let attempt = Attempt::new(SECRET, "msg_1", &(now + offset).to_string(), BODY);
        match refused {
            None => scene.assert_taken(attempt).await,
            Some(reason) => scene.assert_refused(attempt, reason).await,
        }
    }
    // A replay is good for as long as the clocks may differ, and not a second longer.
    let attempt = scene.good(BODY);
    scene.clock.advance(Duration::from_secs(301));
    scene.assert_refused(attempt, WebhookError::TooOld).await;
}

#[tokio::test]
async fn w1_signatures_are_few_and_secrets_are_rotated() {
    let scene = Scene::new(&[SECRET]);
    let good = scene.good(BODY);
    let many = |count: usize| format!("{}{}", "v1,AAAA ".repeat(count), good.signature());
    scene
        .assert_taken(good.clone().with("svix-signature", &many(15)))
        .await;
    for count in [16, 1500] {
        let attempt = good.clone().with("svix-signature", &many(count));
        scene
            .assert_refused(attempt, WebhookError::TooManySignatures)
            .await;
    }
    let both = Scene::new(&[NEXT_SECRET, SECRET]);
    let time = both.now().to_string();
    for secret in [SECRET, NEXT_SECRET] {
        both.assert_taken(Attempt::new(secret, "msg_1", &time, BODY))
            .await;
    }
    let strange = Attempt::new("whsec_b3RoZXI=", "msg_1", &time, BODY);
    both.assert_refused(strange, WebhookError::Signature).await;
    let after = Scene::new(&[NEXT_SECRET]);
    let old = Attempt::new(SECRET, "msg_1", &after.now().to_string(), BODY);
    after.assert_refused(old, WebhookError::Signature).await;
}

#[tokio::test]
async fn w1_only_events_are_taken() {
    let scene = Scene::new(&[SECRET]);
    let deep = b"[".repeat(LIMIT);
    for body in [
        &b""[..],
        b"[]",
        b"null",
        b"{}",
        br#"{"type":7}"#,
        b"{\"type\":\"\xff\"}",
        b"\xff\xfe",
        &deep,
    ] {
        scene.assert_refused(scene.good(body), WebhookError::Body).await;
    }
    // Data may be anything: it is signed.
    for data in [
        "",
        r#","data":null"#,
        r#","data":[1]"#,
        r#","data":{"id":7}"#,
        r#","data":{"id":"user_1"}"#,
    ] {
        let body = format!(r#"{{"type":"user.created"{data}}}"#);
        scene.assert_taken(scene.good(body.as_bytes())).await;
    }
}

/// A body that tells how much of it was asked for.
struct Counted {
    chunk: Bytes,
    chunks_left: usize,
    asked: Arc<AtomicUsize>,
}

impl http_body::Body for Counted {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.chunks_left == 0 {
            return Poll::Ready(None);
        }
        self.chunks_left -= 1;
        Poll::Ready(Some(Ok(http_body::Frame::data(self.chunk.clone()))))
    }
}

#[tokio::test]
async fn w1_bodies_are_short_and_not_read_for_nothing() {
    let scene = Scene::new(&[SECRET]);
    let exact = [BODY, &b" ".repeat(LIMIT - BODY.len())].concat();
    scene.assert_taken(scene.good(&exact)).await;
    let longer = scene.good(&[&exact[..], b" "].concat());
    let answer = scene.answer(longer.headers, longer.body.into()).await;
    answer.assert_is(413);
    assert_eq!(answer.body, r#"{"error":"Webhook too large"}"#);

    let asked = Arc::new(AtomicUsize::new(0));
    let endless = |chunks_left| {
        Body::new(Counted {
            chunk: Bytes::from_static(&[b' '; 1024]),
            chunks_left,
            asked: Arc::clone(&asked),
        })
    };
    let answer = scene.answer(scene.good(BODY).headers, endless(1_000_000)).await;
    answer.assert_is(413);
    assert!(asked.swap(0, Ordering::SeqCst) <= LIMIT / 1024 + 1);

    let time = (scene.now() - 301).to_string();
    for attempt in [
        scene.good(BODY).without("svix-signature"),
        Attempt::new(SECRET, "msg_1", &time, BODY),
        scene.good(BODY).with("svix-signature", &"v1,AAAA ".repeat(17)),
    ] {
        let answer = scene.answer(attempt.headers, endless(1)).await;
        assert_constant(&answer);
        assert_eq!(asked.load(Ordering::SeqCst), 0, "the body was read");
    }
    scene.assert_handled(1);
}

#[tokio::test]
async fn w1_replays_are_refused_and_retries_are_not() {
    let scene = Scene::new(&[SECRET]).guarded(RecentDeliveries::new(100));
    let attempt = scene.good(BODY);
    // What is forged is not remembered, so it keeps out nothing.
    let forged = attempt.clone().with("svix-signature", "v1,AAAA");
    scene.assert_refused(forged, WebhookError::Signature).await;
    scene.assert_taken(attempt.clone()).await;
    scene
        .assert_refused(attempt.clone(), WebhookError::Replayed)
        .await;
    // The same attempt in other words.
    let spelt = attempt
        .clone()
        .with("svix-timestamp", &format!("0{}", scene.now()));
    scene.assert_refused(spelt, WebhookError::Replayed).await;
    let listed = format!("v1,AAAA {}", attempt.signature());
    let listed = attempt.clone().with("svix-signature", &listed);
    scene.assert_refused(listed, WebhookError::Replayed).await;

    scene.clock.advance(Duration::from_secs(5));
    scene.assert_taken(scene.good(BODY)).await;
    scene
        .assert_refused(attempt.clone(), WebhookError::Replayed)
        .await;
    // Until nobody takes it for its time.
    scene.clock.advance(Duration::from_secs(295));
    scene
        .assert_refused(attempt.clone(), WebhookError::Replayed)
        .await;
    scene.clock.advance(Duration::from_secs(1));
    scene.assert_refused(attempt.clone(), WebhookError::TooOld).await;
    // A wall clock that is set back lets no forgotten one in.
    let millis = scene.clock.unix_millis();
    scene.clock.set_unix_millis(millis + 86_400_000);
    scene.assert_taken(scene.good(BODY)).await;
    scene.clock.set_unix_millis(millis - 10_000);
    scene.assert_refused(attempt, WebhookError::Replayed).await;

    // A delivery from the future is good, and remembered, for longer.
    let early = Attempt::new(SECRET, "msg_3", &(scene.now() + 300).to_string(), BODY);
    scene.assert_taken(early.clone()).await;
    scene.clock.advance(Duration::from_secs(600));
    scene.assert_refused(early, WebhookError::Replayed).await;
}

#[derive(Debug)]
struct Broken;

impl ReplayGuard for Broken {
    fn sight<'a>(&'a self, _: Delivery<'a>) -> ReplayGuardFuture<'a> {
        Box::pin(async { Err("the table is gone".into()) })
    }
}

#[tokio::test]
async fn w1_a_guard_that_does_not_know_lets_nothing_in() {
    let full = Scene::new(&[SECRET]).guarded(RecentDeliveries::new(1));
    full.assert_taken(full.good(BODY)).await;
    full.clock.advance(Duration::from_secs(1));
    for scene in [Scene::new(&[SECRET]).guarded(Broken), full] {
        let before = scene.handled.load(Ordering::SeqCst);
        let attempt = scene.good(BODY);
        let answer = scene.answer(attempt.headers, attempt.body.into()).await;
        answer.assert_is(503);
        assert_eq!(answer.body, r#"{"error":"Webhooks are unavailable"}"#);
        scene.assert_handled(before);
        // What is forged is told as ever.
        let forged = scene.good(BODY).with("svix-signature", "v1,AAAA");
        scene.assert_refused(forged, WebhookError::Signature).await;
    }
}

#[test]
fn w1_without_a_secret_there_is_no_verifier() {
    for secrets in [&[][..], &[""], &["whsec_"], &[SECRET, " "], &["not a secret"]] {
        let error = WebhookVerifier::with_secrets(secrets.iter().copied()).unwrap_err();
        assert_eq!(error, WebhookError::Secret, "{secrets:?}");
    }
    for value in [
        None,
        Some(String::new()),
        Some(" ".to_owned()),
        Some("whsec_".to_owned()),
    ] {
        assert!(
            WebhookVerifier::from_variables(|_| Ok(value.clone())).is_err(),
            "{value:?}"
        );
    }
}
