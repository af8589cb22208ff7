//! Deliveries of webhooks: the vectors, and what can be made of them by changing a detail.

use axum::Router;
use axum::body::Body;
use axum::response::IntoResponse;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use clerk_runtime::webhook::{RecentDeliveries, Webhook, WebhookVerifier};
use http::{HeaderMap, HeaderName, Request};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::answer::{Answer, headers, printable};
use crate::case::Case;
use crate::clock::FixedClock;
use crate::dice::Dice;
use crate::drafts::header_value;
use crate::recorder::Recorder;
use crate::vectors;

pub(crate) const GROUPS: [&str; 2] = ["webhook", "webhook-http"];
/// How many deliveries are made of each vector.
const CHANGED: usize = 60;

#[derive(Clone)]
struct Delivery {
    headers: HeaderMap,
    body: Vec<u8>,
    now_ms: i64,
}

impl std::fmt::Display for Delivery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "at {}\n{}\n{}",
            self.now_ms,
            headers(&self.headers),
            printable(&self.body)
        )
    }
}

pub(crate) async fn record(recorder: &mut Recorder<'_>) {
    let mut dice = Dice::new("webhooks");
    for case in vectors::read("webhooks") {
        let secret = case
            .option("signingSecret")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let clock = FixedClock::new(case.exchange.now_ms);
        let verifier = match WebhookVerifier::new(secret) {
            Ok(verifier) => verifier.clock(clock.clone()).body_limit(64 << 10),
            Err(error) => {
                recorder.record("webhook", &case.id, Answer::new("no secret", error.code()));
                continue;
            }
        };
        let guarded = verifier.clone().replay_guard(RecentDeliveries::new(40));
        let original = delivery(&case);
        for number in 0..CHANGED {
            let delivery = match number {
                0 | 1 => original.clone(),
                _ => changed(&mut dice, &original, secret),
            };
            clock.set(delivery.now_ms);
            let question = format!("{}, {number}\n{delivery}", case.id);
            recorder.record("webhook", &question, verified(&verifier, &delivery));
            recorder.record("webhook-http", &question, received(&verifier, &delivery).await);
            recorder.record("webhook-http", &question, received(&guarded, &delivery).await);
        }
    }
}

fn delivery(case: &Case) -> Delivery {
    let request = case.exchange.request.as_ref().unwrap();
    let bytes = || BASE64_STANDARD.decode(request.body_base64.as_deref()?).ok();
    let text = || request.body.as_ref().map(|text| text.clone().into_bytes());
    Delivery {
        headers: request.header_map(),
        body: text().or_else(bytes).unwrap_or_default(),
        now_ms: case.exchange.now_ms,
    }
}

fn changed(dice: &mut Dice, original: &Delivery, secret: &str) -> Delivery {
    const NAMES: [&str; 3] = ["svix-id", "svix-timestamp", "svix-signature"];
    let mut delivery = original.clone();
    let name = HeaderName::from_static(dice.word(&NAMES));
    match dice.roll(12) {
        0 => {
            delivery.headers.remove(&name);
        }
        1 => {
            if let Some(value) = original.headers.get(&name) {
                delivery.headers.append(name, value.clone());
            }
        }
        2 => {
            let odd = [
                "",
                " ",
                "\u{ff}",
                "v1,",
                "v1,AAAA",
                "v2,AAAA",
                "1",
                "-1",
                "99999999999999999999",
                "msg_1",
            ];
            delivery.headers.insert(name, header_value(dice.word(&odd)));
        }
        3 | 4 => {
            let seconds = [-100_000, -301, -300, -299, -1, 1, 299, 300, 301, 302, 100_000];
            delivery.now_ms += dice.pick(&seconds) * 1000;
        }
        5 => {
            let at = dice.roll(delivery.body.len().max(1));
            if let Some(byte) = delivery.body.get_mut(at) {
                *byte ^= 1;
            }
        }
        6 => delivery.body.push(b' '),
        7 => {
            delivery.body = vec![b' '; 65 << 10];
            sign(&mut delivery, secret);
        }
        8 => {
            let bodies = [
                "",
                "null",
                "[]",
                "{}",
                "{\"type\":7}",
                "{\"type\":\"a.b\",\"data\":1}",
                "{\"type\":\"user.created\"",
            ];
            delivery.body = dice.word(&bodies).as_bytes().to_vec();
            sign(&mut delivery, secret);
        }
        9 => {
            delivery
                .headers
                .insert("svix-id", header_value(&format!("msg_{}", dice.roll(1000))));
            sign(&mut delivery, secret);
        }
        10 => {
            sign(&mut delivery, secret);
            let signature = delivery.headers["svix-signature"].to_str().unwrap().to_owned();
            let many = format!("{}{signature}", "v1,AAAA ".repeat(dice.roll(20)));
            delivery.headers.insert("svix-signature", header_value(&many));
        }
        _ => {
            sign(&mut delivery, "whsec_b3RoZXItc2VjcmV0LW9mLXNvbWVib2R5LWVsc2U=");
        }
    }
    delivery
}

/// Signs a delivery anew, as Standard Webhooks say.
fn sign(delivery: &mut Delivery, secret: &str) {
    let key = BASE64_STANDARD
        .decode(secret.trim().trim_start_matches("whsec_"))
        .unwrap_or_default();
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &key);
    let text = |name: &str| {
        delivery
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let mut signed = format!("{}.{}.", text("svix-id"), text("svix-timestamp")).into_bytes();
    signed.extend(&delivery.body);
    let signature = BASE64_STANDARD.encode(aws_lc_rs::hmac::sign(&key, &signed));
    delivery
        .headers
        .insert("svix-signature", header_value(&format!("v1,{signature}")));
}

fn verified(verifier: &WebhookVerifier, delivery: &Delivery) -> Answer {
    match verifier.verify(&delivery.headers, &delivery.body) {
        Ok(event) => {
            let known = format!("{:?}", event.event);
            let known = known.split('(').next().unwrap_or_default();
            let text = format!(
                "{} {} {known} {}",
                event.message_id,
                event.event_type(),
                event.raw
            );
            Answer::new("verified", text)
        }
        Err(error) => Answer::new("refused", format!("{} {error}", error.code())),
    }
}

async fn received(verifier: &WebhookVerifier, delivery: &Delivery) -> Answer {
    let handler = |Webhook(event): Webhook| async move { format!("{} {}", event.message_id, event.raw) };
    let app: Router = Router::new().fallback(handler).with_state(verifier.clone());
    let mut request = Request::post("/webhooks")
        .body(Body::from(delivery.body.clone()))
        .unwrap();
    *request.headers_mut() = delivery.headers.clone();
    Answer::from_response(app.oneshot(request).await.into_response()).await
}
