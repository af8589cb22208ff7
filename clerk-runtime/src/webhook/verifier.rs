use std::fmt;
use std::sync::Arc;

use http::HeaderMap;

use super::delivery::{Secret, UnverifiedDelivery};
use super::{Delivery, ReplayGuard, Sighting, WebhookError, WebhookEvent};
use crate::clock::{Clock, SystemClock};
use crate::config::error::WEBHOOK_SIGNING_SECRET;
use crate::config::{ConfigError, values, variable_of_environment};

/// Verifies deliveries to one endpoint. Cloning is cheap; `Debug` does not show the secret.
#[derive(Clone)]
pub struct WebhookVerifier {
    secrets: Arc<[Secret]>,
    clock: Arc<dyn Clock>,
    replay_guard: Option<Arc<dyn ReplayGuard>>,
    #[cfg_attr(
        not(feature = "axum"),
        expect(dead_code, reason = "only the extractor reads bodies")
    )]
    pub(super) body_limit: usize,
}

/// Making one.
impl WebhookVerifier {
    /// Takes the signing secret as the dashboard shows it, `whsec_…`, without anything around it.
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
            replay_guard: None,
            body_limit: DEFAULT_BODY_LIMIT,
        })
    }

    /// Takes the secret from `CLERK_WEBHOOK_SIGNING_SECRET`, or several, separated by commas. Blanks around them do
    /// not matter.
    ///
    /// # Errors
    /// The variable is not set, or holds something that is no secret.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_variables(variable_of_environment)
    }

    /// As [`from_env`](Self::from_env), from any source of variables.
    ///
    /// # Errors
    /// What `variable` answers, and those of [`from_env`](Self::from_env).
    pub fn from_variables(
        variable: impl Fn(&'static str) -> Result<Option<String>, ConfigError>,
    ) -> Result<Self, ConfigError> {
        let value = variable(WEBHOOK_SIGNING_SECRET)?.filter(|value| !value.trim().is_empty());
        let value = value.ok_or(ConfigError::Missing {
            variable: WEBHOOK_SIGNING_SECRET,
            fix: "copy the signing secret from the webhook's page of the Clerk dashboard",
        })?;
        for secret in value.split(',').filter(|secret| !secret.trim().is_empty()) {
            values::key(WEBHOOK_SIGNING_SECRET, secret)?;
        }
        Self::with_secrets(value.split(',').map(str::trim)).map_err(|_| ConfigError::Malformed {
            variable: WEBHOOK_SIGNING_SECRET,
            fix: "copy the signing secret, `whsec_…`, from the webhook's page of the Clerk dashboard; separate several by commas",
        })
    }

    /// Lets deliveries be remembered, so that none is taken twice; see [`ReplayGuard`].
    #[must_use]
    pub fn replay_guard(mut self, guard: impl ReplayGuard) -> Self {
        self.replay_guard = Some(Arc::new(guard));
        self
    }

    /// The longest body that the extractor [`Webhook`](super::Webhook) reads, in bytes; 1 MiB unless this is called, and
    /// 16 MiB at most, whatever is asked for. It stands in place of axum's own limit.
    #[cfg(feature = "axum")]
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes.min(MAX_BODY_LIMIT);
        self
    }

    /// Another source of time, for tests.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }
}

/// Verifying.
impl WebhookVerifier {
    /// Verifies a delivery by its `svix-` headers and the bytes of its body. Asks no [replay guard](Self::replay_guard).
    ///
    /// # Errors
    /// Why it is not believed. Answer 400, and do not say why.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<WebhookEvent, WebhookError> {
        let delivery = self.parse_headers(headers)?.verify(&self.secrets, body)?;
        WebhookEvent::parse(delivery.message_id, body)
    }

    /// As [`verify`](Self::verify), and asks the [replay guard](Self::replay_guard) if there is one.
    ///
    /// # Errors
    /// Why it is not believed. Answer 400, and do not say why; but 503 to [`WebhookError::ReplayGuard`].
    pub async fn verify_once(&self, headers: &HeaderMap, body: &[u8]) -> Result<WebhookEvent, WebhookError> {
        let delivery = self.parse_headers(headers)?.verify(&self.secrets, body)?;
        self.check_replay(delivery).await?;
        WebhookEvent::parse(delivery.message_id, body)
    }

    /// Checks everything that needs no body.
    pub(super) fn parse_headers<'a>(
        &self,
        headers: &'a HeaderMap,
    ) -> Result<UnverifiedDelivery<'a>, WebhookError> {
        let now = self.clock.unix_millis().div_euclid(1000);
        UnverifiedDelivery::parse(headers, now, self.clock.monotonic())
    }

    async fn check_replay(&self, delivery: Delivery<'_>) -> Result<(), WebhookError> {
        let Some(guard) = &self.replay_guard else {
            return Ok(());
        };
        match guard.sight(delivery).await {
            Ok(Sighting::First) => Ok(()),
            Ok(Sighting::Again) => Err(WebhookError::Replayed),
            Err(error) => {
                tracing::error!(error, "the replay guard does not answer");
                Err(WebhookError::ReplayGuard)
            }
        }
    }
}

impl fmt::Debug for WebhookVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookVerifier")
            .field("secrets", &self.secrets.len())
            .field("replay_guard", &self.replay_guard)
            .finish_non_exhaustive()
    }
}

/// Several times the longest event.
const DEFAULT_BODY_LIMIT: usize = 1 << 20;
/// The longest that a limit can be, in bytes.
#[cfg(feature = "axum")]
const MAX_BODY_LIMIT: usize = 16 << 20;

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[derive(Debug)]
    struct TestClock(i64);

    impl Clock for TestClock {
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
        let verifier = WebhookVerifier::with_secrets(["whsec_b3RoZXI=", SECRET])
            .unwrap()
            .clock(TestClock(at * 1000));
        verifier
            .verify(&headers, body)
            .map(|event| event.event_type().to_owned())
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
        // Blanks around it are not Clerk's either.
        let blanks = [format!(" {SECRET}"), format!("{SECRET}\n")];
        let bad = ["", "whsec_", "whsec_****", "whsec_whsec_YQ=="];
        for bad in bad.into_iter().chain(blanks.iter().map(String::as_str)) {
            assert_eq!(
                WebhookVerifier::new(bad).unwrap_err(),
                WebhookError::Secret,
                "{bad}"
            );
        }
        assert_eq!(
            WebhookVerifier::with_secrets([]).unwrap_err(),
            WebhookError::Secret
        );
        assert!(!format!("{:?}", WebhookVerifier::new(SECRET).unwrap()).contains("YXh1"));
    }

    #[test]
    fn secrets_come_from_the_environment() {
        let from = |value: Option<&str>| {
            WebhookVerifier::from_variables(|name| {
                assert_eq!(name, "CLERK_WEBHOOK_SIGNING_SECRET");
                Ok(value.map(str::to_owned))
            })
        };
        let count = |value| from(Some(value)).map(|verifier| verifier.secrets.len());
        assert_eq!(count(SECRET), Ok(1));
        assert_eq!(count(&format!(" {SECRET} , whsec_b3RoZXI= ")), Ok(2));
        for unset in [None, Some(""), Some("  ")] {
            let error = from(unset).unwrap_err();
            assert_eq!(error.code(), "config-missing");
            assert!(
                error
                    .to_string()
                    .starts_with("CLERK_WEBHOOK_SIGNING_SECRET is not set: copy")
            );
        }
        for (bad, code) in [
            ("whsec_", "config-wrong-value"),
            ("whsec_...", "config-wrong-value"),
            ("sk_test_planted", "config-wrong-value"),
            ("\"whsec_cGxhbnRlZA==\"", "config-wrong-value"),
            ("planted!", "config-malformed"),
            (",", "config-malformed"),
            (&format!("{SECRET},"), "config-malformed"),
            (&format!("{SECRET} {SECRET}"), "config-wrong-value"),
        ] {
            let error = from(Some(bad)).unwrap_err();
            assert_eq!(error.code(), code, "{bad}");
            assert!(
                error.to_string().contains("CLERK_WEBHOOK_SIGNING_SECRET"),
                "{error}"
            );
            assert!(!error.to_string().contains("planted") && !error.to_string().contains("YXh1"));
        }
        let unreadable = ConfigError::Malformed {
            variable: WEBHOOK_SIGNING_SECRET,
            fix: "its value is not UTF-8",
        };
        let result = WebhookVerifier::from_variables(|_| Err(unreadable.clone()));
        assert_eq!(result.unwrap_err(), unreadable);
    }
}
