//! W: deliveries that Clerk did not make.

use aws_lc_rs::hmac;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::routing::post;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use clerk_runtime::clock::Clock;
use clerk_runtime::webhook::{Webhook, WebhookError};
use clerk_testing::TestClock;
use http::{HeaderMap, Request, StatusCode};

use crate::scene::send;

const SECRET: &str = "whsec_YXR0YWNrcy1vbGQtc2VjcmV0";
const NEXT_SECRET: &str = "whsec_YXR0YWNrcy1uZXctc2VjcmV0";
const BODY: &str = r#"{"type":"user.created","data":{"id":"user_1"}}"#;

async fn receive(
    State(webhook): State<Webhook>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<String, StatusCode> {
    let event = webhook.verify(&headers, &body);
    event
        .map(|event| event.event_type)
        .map_err(|_| StatusCode::BAD_REQUEST)
}

struct Scene {
    clock: TestClock,
    webhook: Webhook,
}

impl Scene {
    fn new(secrets: &[&str]) -> Self {
        let clock = TestClock::new();
        clock.freeze();
        let webhook = Webhook::with_secrets(secrets.iter().copied()).unwrap();
        Self {
            webhook: webhook.clock(clock.clone()),
            clock,
        }
    }

    fn now(&self) -> i64 {
        self.clock.unix_millis() / 1000
    }

    async fn deliver(&self, timestamp: &str, signatures: &str, body: &str) -> Result<(), WebhookError> {
        let request = Request::post("/")
            .header("svix-id", "msg_1")
            .header("svix-timestamp", timestamp)
            .header("svix-signature", signatures)
            .body(Body::from(body.to_owned()))
            .unwrap();
        let headers = request.headers().clone();
        let app: Router = Router::new()
            .route("/", post(receive))
            .with_state(self.webhook.clone());
        let answer = send(&app, request).await;
        let verified = self.webhook.verify(&headers, body.as_bytes());
        assert_eq!(answer.status.is_success(), verified.is_ok());
        assert!(answer.status == 200 || (answer.status == 400 && answer.body.is_empty()));
        verified.map(drop)
    }
}

fn sign(secret: &str, timestamp: &str, body: &str) -> String {
    let key = BASE64_STANDARD.decode(&secret["whsec_".len()..]).unwrap();
    let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
    let tag = hmac::sign(&key, format!("msg_1.{timestamp}.{body}").as_bytes());
    format!("v1,{}", BASE64_STANDARD.encode(tag))
}

#[tokio::test]
async fn w1_forged_deliveries() {
    let scene = Scene::new(&[SECRET]);
    let time = scene.now().to_string();
    let good = sign(SECRET, &time, BODY);
    assert_eq!(scene.deliver(&time, &good, BODY).await, Ok(()));
    let bare = good.strip_prefix("v1,").unwrap();
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
        sign(NEXT_SECRET, &time, BODY),
        sign(SECRET, &time, "{}"),
        sign("whsec_", &time, BODY),
    ] {
        let result = scene.deliver(&time, &signature, BODY).await;
        assert_eq!(result, Err(WebhookError::Signature), "{signature}");
    }
    let changed = BODY.replace("user_1", "user_2");
    assert_eq!(
        scene.deliver(&time, &good, &changed).await,
        Err(WebhookError::Signature)
    );
    let no_event = sign(SECRET, &time, "[]");
    assert_eq!(
        scene.deliver(&time, &no_event, "[]").await,
        Err(WebhookError::Body)
    );
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
        "1e9".to_owned(),
        "\u{661}".to_owned(),
    ] {
        let result = scene.deliver(&odd, &sign(SECRET, &odd, BODY), BODY).await;
        assert!(
            matches!(result, Err(WebhookError::Timestamp | WebhookError::Header(_))),
            "{odd}: {result:?}"
        );
    }
    for (offset, expected) in [
        (300, Ok(())),
        (-300, Ok(())),
        (301, Err(WebhookError::TooNew)),
        (-301, Err(WebhookError::TooOld)),
        (-86_400, Err(WebhookError::TooOld)),
        (i64::MAX - now, Err(WebhookError::TooNew)),
    ] {
        let time = (now + offset).to_string();
        let result = scene.deliver(&time, &sign(SECRET, &time, BODY), BODY).await;
        assert_eq!(result, expected, "{offset}");
    }
    // A replay is good for as long as the clocks may differ, and not a second longer.
    let time = now.to_string();
    let signature = sign(SECRET, &time, BODY);
    scene.clock.advance(std::time::Duration::from_secs(301));
    assert_eq!(
        scene.deliver(&time, &signature, BODY).await,
        Err(WebhookError::TooOld)
    );
}

#[tokio::test]
async fn w1_signatures_are_few_and_secrets_are_rotated() {
    let scene = Scene::new(&[SECRET]);
    let time = scene.now().to_string();
    let good = sign(SECRET, &time, BODY);
    let many = |count: usize| format!("{}{good}", "v1,AAAA ".repeat(count));
    assert_eq!(scene.deliver(&time, &many(15), BODY).await, Ok(()));
    for count in [16, 1500] {
        let result = scene.deliver(&time, &many(count), BODY).await;
        assert_eq!(result, Err(WebhookError::TooManySignatures), "{count}");
    }
    let both = Scene::new(&[NEXT_SECRET, SECRET]);
    let time = both.now().to_string();
    for secret in [SECRET, NEXT_SECRET] {
        let signature = sign(secret, &time, BODY);
        assert_eq!(both.deliver(&time, &signature, BODY).await, Ok(()));
    }
    // The header that says what was signed is there once.
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("svix-id", "msg_1"),
        ("svix-id", "msg_2"),
        ("svix-timestamp", &*time),
        ("svix-signature", &*sign(SECRET, &time, BODY)),
    ] {
        headers.append(name, value.parse().unwrap());
    }
    let result = both.webhook.verify(&headers, BODY.as_bytes());
    assert_eq!(result.map(drop), Err(WebhookError::Header("svix-id")));
}
