//! The signed headers of a delivery.

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use sha2::Sha256;

use super::WebhookError;

/// The tolerated difference between the clocks of Clerk and this machine, in seconds.
pub(super) const TOLERANCE: u32 = 300;
/// The maximum number of signatures.
const MAX_SIGNATURES: usize = 16;

/// One attempt to deliver a message. Clerk signs each attempt separately.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery<'a> {
    /// The message's id, `svix-id`: `msg_…`, the same for all attempts.
    pub message_id: &'a str,
    /// The time of this attempt, `svix-timestamp`, Unix seconds.
    pub timestamp: i64,
    /// The time of receipt by the monotonic clock.
    pub(super) received_at: Duration,
}

/// The headers of a delivery, well formed and recent, but not [verified](Self::verify).
pub(super) struct UnverifiedDelivery<'a> {
    delivery: Delivery<'a>,
    signatures: Vec<&'a str>,
}

impl<'a> UnverifiedDelivery<'a> {
    /// Parses the headers of a delivery. `now` is in Unix seconds.
    pub(super) fn parse(
        headers: &'a HeaderMap,
        now: i64,
        received_at: Duration,
    ) -> Result<Self, WebhookError> {
        let message_id = single(headers, "svix-id")?;
        let timestamp = single(headers, "svix-timestamp")?;
        if !headers.contains_key("svix-signature") {
            return Err(WebhookError::Header("svix-signature"));
        }
        let timestamp = check_time(timestamp, now)?;
        let texts = headers.get_all("svix-signature").iter();
        let signatures: Vec<&str> = texts
            .flat_map(|value| value.to_str().unwrap_or_default().split(' '))
            .filter(|one| !one.is_empty())
            .take(MAX_SIGNATURES + 1)
            .collect();
        match signatures.len() {
            0 => Err(WebhookError::Header("svix-signature")),
            1..=MAX_SIGNATURES => Ok(Self {
                delivery: Delivery {
                    message_id,
                    timestamp,
                    received_at,
                },
                signatures,
            }),
            _ => Err(WebhookError::TooManySignatures),
        }
    }

    /// Returns the delivery if one of the secrets has signed it with this body.
    pub(super) fn verify(self, secrets: &[Secret], body: &[u8]) -> Result<Delivery<'a>, WebhookError> {
        // The signature covers the number without leading zeros.
        let timestamp = self.delivery.timestamp.to_string();
        let id = self.delivery.message_id.as_bytes();
        let signed: [&[u8]; 5] = [id, b".", timestamp.as_bytes(), b".", body];
        let is_ours = self.signatures.iter().any(|one| {
            let mut parts = one.split(',');
            let (version, signature) = (parts.next(), parts.next().unwrap_or_default());
            version == Some("v1") && secrets.iter().any(|secret| secret.verifies(&signed, signature))
        });
        is_ours.then_some(self.delivery).ok_or(WebhookError::Signature)
    }
}

impl fmt::Debug for UnverifiedDelivery<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UnverifiedDelivery").field(&self.delivery).finish()
    }
}

/// Returns the trimmed value of a header that has to be present exactly once.
fn single<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a str, WebhookError> {
    let mut values = headers.get_all(name).iter();
    match (values.next().map(|value| value.to_str()), values.next()) {
        (Some(Ok(value)), None) if !value.trim().is_empty() => Ok(value.trim()),
        _ => Err(WebhookError::Header(name)),
    }
}

/// Returns the time of the attempt, Unix seconds, if it is within the tolerance.
fn check_time(timestamp: &str, now: i64) -> Result<i64, WebhookError> {
    if timestamp.is_empty() || !timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(WebhookError::Timestamp);
    }
    let sent: i64 = timestamp.parse().map_err(|_| WebhookError::TooNew)?;
    if now.saturating_sub(sent) > TOLERANCE.into() {
        Err(WebhookError::TooOld)
    } else if sent.saturating_sub(now) > TOLERANCE.into() {
        Err(WebhookError::TooNew)
    } else {
        Ok(sent)
    }
}

/// A signing secret. `Debug` does not show it.
#[derive(Clone)]
pub(super) struct Secret(Vec<u8>);

const PADDED_OR_NOT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl Secret {
    pub(super) fn parse(text: &str) -> Result<Self, WebhookError> {
        let encoded = text.strip_prefix("whsec_").unwrap_or(text);
        let key = PADDED_OR_NOT.decode(encoded).map_err(|_| WebhookError::Secret)?;
        if key.is_empty() {
            return Err(WebhookError::Secret);
        }
        Ok(Self(key))
    }

    /// Returns whether `signature`, in base64, is the signature of the concatenated parts. Runs in constant time.
    fn verifies(&self, parts: &[&[u8]], signature: &str) -> bool {
        let Ok(signature) = BASE64_STANDARD.decode(signature) else {
            return false;
        };
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return false;
        };
        parts.iter().for_each(|part| mac.update(part));
        mac.verify_slice(&signature).is_ok()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}
