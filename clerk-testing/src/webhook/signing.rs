use std::fmt;

use aws_lc_rs::hmac;
use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::StartError;
use crate::ids::random;

/// What deliveries to an endpoint are signed with. `Debug` shows nothing of it.
#[derive(Clone)]
pub(super) struct SigningSecret {
    text: String,
    key: hmac::Key,
}

impl SigningSecret {
    /// A secret of 24 random bytes, as Svix makes them.
    pub(super) fn generate() -> Result<Self, StartError> {
        let bytes: [u8; 24] = random()?;
        Ok(Self {
            text: format!("whsec_{}", BASE64_STANDARD.encode(bytes)),
            key: hmac::Key::new(hmac::HMAC_SHA256, &bytes),
        })
    }

    /// As the dashboard shows it, `whsec_…`.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// `v1,` and the signature in base64 (Standard Webhooks 1.0).
    pub(super) fn sign(&self, message_id: &str, timestamp: i64, body: &[u8]) -> String {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(format!("{message_id}.{timestamp}.").as_bytes());
        context.update(body);
        format!("v1,{}", BASE64_STANDARD.encode(context.sign()))
    }
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningSecret([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_as_clerk_does() {
        let key = BASE64_STANDARD
            .decode("YXh1bS1jbGVyay13ZWJob29rLXZlY3Rvci0wMDEhISE=")
            .unwrap();
        let secret = SigningSecret {
            text: String::new(),
            key: hmac::Key::new(hmac::HMAC_SHA256, &key),
        };
        let body = br#"{"data":{"id":"user_42"},"object":"event","type":"user.deleted"}"#;
        assert_eq!(
            secret.sign("msg_vec1", 1_767_225_600, body),
            "v1,dwhvY4IxPnMxX3Xxs0Obenev7JGtBBfYJEaCSqwloRw="
        );
    }

    #[test]
    fn is_not_shown() {
        let secret = SigningSecret::generate().unwrap();
        assert!(secret.text().starts_with("whsec_") && secret.text().len() == 38);
        assert_ne!(secret.text(), SigningSecret::generate().unwrap().text());
        assert_eq!(format!("{secret:?}"), "SigningSecret([redacted])");
    }
}
