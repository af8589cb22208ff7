use std::sync::Arc;

use http::HeaderMap;
use serde_json::Value;

use super::WebhookError;
use super::signature::Secret;
use crate::clock::{Clock, SystemClock};

/// By how many seconds the clocks of Clerk and of this machine may differ.
const TOLERANCE: i64 = 300;
/// The most signatures that are looked at.
const MAX_SIGNATURES: usize = 16;

/// Verifies deliveries to one endpoint. Cloning is cheap; `Debug` does not show the secret.
#[derive(Debug, Clone)]
pub struct Webhook {
    secrets: Arc<[Secret]>,
    clock: Arc<dyn Clock>,
}

/// Something that happened, as Clerk tells it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct WebhookEvent {
    /// What happened, such as `user.created`.
    pub event_type: String,
    /// What it happened to; `null` if the event says nothing of it.
    pub data: Value,
    /// How it happened: `http_request` with `client_ip` and `user_agent`.
    pub event_attributes: Option<Value>,
    /// When it happened, Unix milliseconds.
    pub timestamp: Option<f64>,
    /// The instance, `ins_…`.
    pub instance_id: Option<String>,
    /// The event as it was sent, members besides these included.
    pub raw: Value,
}

impl Webhook {
    /// Takes the signing secret as the dashboard shows it, `whsec_…`.
    ///
    /// # Errors
    /// [`WebhookError::Secret`]
    pub fn new(secret: &str) -> Result<Self, WebhookError> {
        Self::with_secrets([secret])
    }

    /// Takes several secrets, of which any may have signed: the old and the new one while they are exchanged.
    ///
    /// # Errors
    /// [`WebhookError::Secret`] if one of them is none, or there is none at all.
    pub fn with_secrets<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Result<Self, WebhookError> {
        let secrets: Vec<Secret> = secrets.into_iter().map(Secret::parse).collect::<Result<_, _>>()?;
        if secrets.is_empty() {
            return Err(WebhookError::Secret);
        }
        Ok(Self {
            secrets: secrets.into(),
            clock: Arc::new(SystemClock),
        })
    }

    /// Another source of time, for tests.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Verifies a delivery by its `svix-` headers and the bytes of its body.
    ///
    /// # Errors
    /// Why it is not believed. Answer 400, and do not say why.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<WebhookEvent, WebhookError> {
        let id = single(headers, "svix-id")?;
        let timestamp = single(headers, "svix-timestamp")?;
        if !headers.contains_key("svix-signature") {
            return Err(WebhookError::Header("svix-signature"));
        }
        // The number is signed, however many zeros its spelling begins with.
        let sent = self.check_time(timestamp)?.to_string();
        let signed: [&[u8]; 5] = [id.as_bytes(), b".", sent.as_bytes(), b".", body];
        let texts = headers.get_all("svix-signature").iter();
        let signatures = texts.flat_map(|value| value.to_str().unwrap_or_default().split(' '));
        let signatures: Vec<&str> = signatures
            .filter(|one| !one.is_empty())
            .take(MAX_SIGNATURES + 1)
            .collect();
        if signatures.is_empty() {
            return Err(WebhookError::Header("svix-signature"));
        }
        if signatures.len() > MAX_SIGNATURES {
            return Err(WebhookError::TooManySignatures);
        }
        let is_ours = signatures.iter().any(|one| {
            let mut parts = one.split(',');
            let (version, signature) = (parts.next(), parts.next().unwrap_or_default());
            version == Some("v1")
                && self
                    .secrets
                    .iter()
                    .any(|secret| secret.signed(&signed, signature))
        });
        if is_ours {
            event(body)
        } else {
            Err(WebhookError::Signature)
        }
    }

    /// The time that a delivery was sent at, Unix seconds, if that is about now.
    fn check_time(&self, timestamp: &str) -> Result<i64, WebhookError> {
        if timestamp.is_empty() || !timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(WebhookError::Timestamp);
        }
        let sent: i64 = timestamp.parse().map_err(|_| WebhookError::TooNew)?;
        let now = self.clock.unix_millis().div_euclid(1000);
        if now.saturating_sub(sent) > TOLERANCE {
            Err(WebhookError::TooOld)
        } else if sent.saturating_sub(now) > TOLERANCE {
            Err(WebhookError::TooNew)
        } else {
            Ok(sent)
        }
    }
}

/// A header that has to be there once, without the spaces around it.
fn single<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a str, WebhookError> {
    let mut values = headers.get_all(name).iter();
    match (values.next().map(|value| value.to_str()), values.next()) {
        (Some(Ok(value)), None) if !value.trim().is_empty() => Ok(value.trim()),
        _ => Err(WebhookError::Header(name)),
    }
}

fn event(body: &[u8]) -> Result<WebhookEvent, WebhookError> {
    let raw: Value = serde_json::from_slice(body).map_err(|_| WebhookError::Body)?;
    let text = |name: &str| raw.get(name).and_then(Value::as_str).map(str::to_owned);
    Ok(WebhookEvent {
        event_type: text("type").ok_or(WebhookError::Body)?,
        data: raw.get("data").cloned().unwrap_or_default(),
        event_attributes: raw.get("event_attributes").cloned(),
        timestamp: raw.get("timestamp").and_then(Value::as_f64),
        instance_id: text("instance_id"),
        raw,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[derive(Debug)]
    struct At(i64);

    impl Clock for At {
        fn unix_millis(&self) -> i64 {
            self.0
        }

        fn monotonic(&self) -> std::time::Duration {
            std::time::Duration::ZERO
        }
    }

    const SECRET: &str = "whsec_YXh1bS1jbGVyay13ZWJob29rLXZlY3Rvci0wMDEhISE=";
    const BODY: &[u8] = br#"{"data":{"id":"user_42"},"object":"event","type":"user.deleted"}"#;
    const SIGNATURE: &str = "v1,dwhvY4IxPnMxX3Xxs0Obenev7JGtBBfYJEaCSqwloRw=";

    fn verify(at: i64, timestamp: &str, signatures: &[&str], body: &[u8]) -> Result<String, WebhookError> {
        let mut headers = HeaderMap::new();
        headers.insert("svix-id", HeaderValue::from_static("msg_vec1"));
        headers.insert("svix-timestamp", HeaderValue::from_str(timestamp).unwrap());
        for signature in signatures {
            headers.append("svix-signature", HeaderValue::from_str(signature).unwrap());
        }
        let webhook = Webhook::with_secrets(["whsec_b3RoZXI=", SECRET])
            .unwrap()
            .clock(At(at * 1000));
        webhook.verify(&headers, body).map(|event| event.event_type)
    }

    #[test]
    fn a_delivery_of_clerks_is_taken_within_five_minutes() {
        let sent = 1_767_225_600;
        let taken = Ok("user.deleted".to_owned());
        for (at, expected) in [
            (sent, taken.clone()),
            (sent + 300, taken.clone()),
            (sent - 300, taken),
            (sent + 301, Err(WebhookError::TooOld)),
            (sent - 301, Err(WebhookError::TooNew)),
        ] {
            assert_eq!(verify(at, "1767225600", &[SIGNATURE], BODY), expected, "{at}");
            assert_eq!(verify(at, "001767225600", &[SIGNATURE], BODY), expected, "{at}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let at = 1_767_225_600;
        let time = "1767225600";
        let many = "v1,AAAA ".repeat(1500);
        let wrong = "v1,AAAA";
        for (timestamp, signatures, body, expected) in [
            (time, &[wrong][..], BODY, WebhookError::Signature),
            (time, &["v1,"], BODY, WebhookError::Signature),
            (
                time,
                &["v1a,dwhvY4IxPnMxX3Xxs0Obenev7JGtBBfYJEaCSqwloRw="],
                BODY,
                WebhookError::Signature,
            ),
            (time, &[SIGNATURE], &BODY[1..], WebhookError::Signature),
            (time, &[], BODY, WebhookError::Header("svix-signature")),
            (time, &[" "], BODY, WebhookError::Header("svix-signature")),
            (time, &[many.as_str()], BODY, WebhookError::TooManySignatures),
            ("1767225600abc", &[SIGNATURE], BODY, WebhookError::Timestamp),
            ("+1767225600", &[SIGNATURE], BODY, WebhookError::Timestamp),
            ("99999999999999999999", &[SIGNATURE], BODY, WebhookError::TooNew),
        ] {
            assert_eq!(
                verify(at, timestamp, signatures, body),
                Err(expected),
                "{timestamp} {signatures:?}"
            );
        }
        assert_eq!(
            verify(at, time, &[&format!("v2,x {wrong} {SIGNATURE}")], BODY),
            Ok("user.deleted".into())
        );
    }

    #[test]
    fn secrets_are_checked_and_not_shown() {
        for bad in ["", "whsec_", "whsec_****", "whsec_whsec_YQ=="] {
            assert_eq!(Webhook::new(bad).unwrap_err(), WebhookError::Secret, "{bad}");
        }
        assert_eq!(Webhook::with_secrets([]).unwrap_err(), WebhookError::Secret);
        assert!(!format!("{:?}", Webhook::new(SECRET).unwrap()).contains("YXh1"));
    }
}
