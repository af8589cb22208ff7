//! Deliveries of webhooks.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use clerk_runtime::Deviation;
use clerk_runtime::webhook::{WebhookError, WebhookVerifier};
use serde_json::{Map, Value};

use crate::case::{Case, Request};
use crate::compare::{Differences, same};
use crate::replay::FrozenClock;

/// The event that a delivery is, in the vectors' words.
pub(crate) fn verify(case: &Case, request: &Request) -> Result<Value, WebhookError> {
    let secret = case
        .option("signingSecret")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let verifier = WebhookVerifier::new(secret)?.clock(FrozenClock::at(case.exchange.now_ms));
    let event = verifier.verify(&request.header_map(), &body(request))?;
    let kept = ["type", "data", "event_attributes", "timestamp", "instance_id"];
    let mut expected = Map::new();
    for name in kept {
        if let Some(value) = event.raw.get(name) {
            expected.insert(name.to_owned(), value.clone());
        }
    }
    expected.insert("object".to_owned(), "event".into());
    assert_eq!(Some(event.event_type()), event.raw["type"].as_str());
    assert_eq!(event.raw.get("data").unwrap_or(&Value::Null), event.data());
    Ok(Value::Object(expected))
}

fn body(request: &Request) -> Vec<u8> {
    let bytes = || BASE64_STANDARD.decode(request.body_base64.as_deref()?).ok();
    let text = || request.body.as_ref().map(|text| text.clone().into_bytes());
    text().or_else(bytes).unwrap_or_default()
}

pub(crate) fn compare(expected: &Value, found: &Result<Value, WebhookError>, differences: &mut Differences) {
    match (expected.get("event"), found) {
        (Some(expected), Ok(found)) if same(expected, found) => {}
        (None, Err(_)) => {}
        (Some(expected), Ok(found)) => {
            differences.note("event", expected, found);
            differences.lenient = true;
        }
        (Some(_), Err(error)) => {
            differences.note("event", "an event", error);
            differences.refused = true;
        }
        (None, Ok(_)) => {
            differences.note("event", "an error", "an event");
            differences.lenient = true;
        }
    }
}

/// Whether the delivery has headers twice or with odd characters, a timestamp that is not all digits, more signatures than
/// are looked at, or a body that is no event.
pub(crate) fn is_odd(case: &Case) -> bool {
    let Some(request) = &case.exchange.request else {
        return false;
    };
    let is_number = |value: &str| value.trim().bytes().all(|byte| byte.is_ascii_digit());
    let is_visible = |value: &str| value.chars().all(|c| matches!(c, '\t' | ' '..='~'));
    let signatures: usize = request
        .header("svix-signature")
        .map(|value| value.split(' ').count())
        .sum();
    let odd_header = ["svix-id", "svix-timestamp"]
        .iter()
        .any(|name| request.header(name).count() > 1 || request.header(name).any(|value| !is_visible(value)));
    let event: Value = serde_json::from_slice(&body(request)).unwrap_or_default();
    odd_header
        || request.header("svix-timestamp").any(|value| !is_number(value))
        || signatures > 16
        || !event["type"].is_string()
}

/// The rule that refused a delivery.
pub(crate) fn named(found: &Result<Value, WebhookError>) -> Option<Deviation> {
    found.as_ref().err().and_then(|error| error.deviation())
}
