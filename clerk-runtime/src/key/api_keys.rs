//! The keys on the API keys page of the Clerk dashboard.

use std::fmt;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::prelude::BASE64_STANDARD;
use sha1_smol::Sha1;
use url::Url;

use super::KeyError;

/// Standard base64, with correct padding or none, as `atob` accepts it.
const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The type of an instance: development or production.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InstanceType {
    /// `pk_test_…`
    Development,
    /// `pk_live_…`
    Production,
}

/// A publishable key: the type of the instance and the host of its Frontend API.
///
/// ```
/// use clerk_runtime::key::PublishableKey;
///
/// let key = PublishableKey::parse("pk_test_aGFwcHktb3R0ZXItNDIuY2xlcmsuYWNjb3VudHMuZGV2JA")?;
/// assert_eq!(key.frontend_api(), "happy-otter-42.clerk.accounts.dev");
/// assert_eq!(key.cookie_suffix(), "sAfxoAZ_");
/// # Ok::<(), clerk_runtime::key::KeyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishableKey {
    text: Box<str>,
    instance_type: InstanceType,
    frontend_api: Box<str>,
    cookie_suffix: Box<str>,
}

impl PublishableKey {
    /// Parses a key as the dashboard shows it.
    ///
    /// # Errors
    /// [`KeyError::Publishable`] unless it is `pk_test_` or `pk_live_` followed by the base64 of a host name and `$`.
    pub fn parse(key: &str) -> Result<Self, KeyError> {
        let (instance_type, encoded) = if let Some(rest) = key.strip_prefix("pk_test_") {
            (InstanceType::Development, rest)
        } else if let Some(rest) = key.strip_prefix("pk_live_") {
            (InstanceType::Production, rest)
        } else {
            return Err(KeyError::Publishable);
        };
        if encoded.contains('_') {
            return Err(KeyError::Publishable);
        }
        let decoded = forgiving_base64(encoded).ok_or(KeyError::Publishable)?;
        let host = decoded
            .strip_suffix('$')
            .filter(|host| is_host_name(host))
            .ok_or(KeyError::Publishable)?;
        Ok(Self {
            text: key.into(),
            instance_type,
            frontend_api: host.into(),
            cookie_suffix: cookie_suffix(key).into(),
        })
    }

    /// Returns the key as it was given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns whether the instance is a development or a production one.
    pub fn instance_type(&self) -> InstanceType {
        self.instance_type
    }

    /// Returns the host of the Frontend API, such as `clerk.example.com`.
    pub fn frontend_api(&self) -> &str {
        &self.frontend_api
    }

    /// Returns the eight characters that Clerk appends, after an underscore, to the names of this instance's cookies.
    ///
    /// They are a hash of the key exactly as configured, so two spellings of one key have different suffixes.
    pub fn cookie_suffix(&self) -> &str {
        &self.cookie_suffix
    }
}

/// Decodes base64 as `atob` does: ignores ASCII white space; the padding is complete or absent.
fn forgiving_base64(encoded: &str) -> Option<String> {
    let compact: String = encoded.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    if compact.contains('=') && !compact.len().is_multiple_of(4) {
        return None;
    }
    String::from_utf8(FORGIVING.decode(compact).ok()?).ok()
}

fn is_host_name(host: &str) -> bool {
    host.contains('.')
        && host.len() <= 253
        && host.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
        && is_unchanged_in_urls(host)
}

/// Returns whether URLs leave the host unchanged: `1.2.3` would become `1.2.0.3`, which is not the issuer.
fn is_unchanged_in_urls(host: &str) -> bool {
    Url::parse(&format!("https://{host}")).is_ok_and(|url| {
        url.host_str()
            .is_some_and(|written| written.eq_ignore_ascii_case(host))
    })
}

fn cookie_suffix(key: &str) -> String {
    let mut suffix = BASE64_STANDARD
        .encode(Sha1::from(key).digest().bytes())
        .replace('+', "-")
        .replace('/', "_");
    suffix.truncate(8);
    suffix
}

/// A secret key, `sk_test_…` or `sk_live_…`. Its `Debug` is redacted.
///
/// Clerk guarantees nothing about the form of the key beyond the prefix, so only characters that would break an HTTP header
/// are rejected.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey(Box<str>);

impl SecretKey {
    /// Parses a key as the dashboard shows it. Trims surrounding white space.
    ///
    /// # Errors
    /// [`KeyError::Secret`] if nothing is left or a character is not visible ASCII.
    pub fn parse(key: &str) -> Result<Self, KeyError> {
        let key = key.trim();
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(KeyError::Secret);
        }
        Ok(Self(key.into()))
    }

    /// Returns the key itself. Do not log it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffix_is_a_hash_of_the_key_as_spelt() {
        for (key, suffix) in [
            ("pk_live_Y2xlcmsuZXhhbXBsZS5vcmck", "ZfWrcLFJ"),
            ("pk_test_Y2xlcmsuZXhhbXBsZS5vcmck", "y_EdXFmu"),
            (
                "pk_test_aGFwcHktb3R0ZXItNDIuY2xlcmsuYWNjb3VudHMuZGV2JA",
                "sAfxoAZ_",
            ),
            (
                "pk_test_aGFwcHktb3R0ZXItNDIuY2xlcmsuYWNjb3VudHMuZGV2JA==",
                "hVFNfHz9",
            ),
            // More than one block of the hash.
            (
                "pk_live_Y2xlcmsuYS1uYW1lLXdpdGgtbW9yZS10aGFuLW9uZS1ibG9jay1vZi10aGUtaGFzaC5leGFtcGxlLm9yZyQ=",
                "eFSByVM_",
            ),
        ] {
            assert_eq!(
                PublishableKey::parse(key).unwrap().cookie_suffix(),
                suffix,
                "{key}"
            );
        }
    }

    #[test]
    fn type_and_host_come_from_the_key() {
        let key = PublishableKey::parse("pk_live_Y2xlcmsuZXhhbXBsZS5vcmck").unwrap();
        assert_eq!(key.instance_type(), InstanceType::Production);
        assert_eq!(key.frontend_api(), "clerk.example.org");
    }

    #[test]
    fn other_contents_than_a_host_and_a_dollar_are_errors() {
        let encode = |text: &str| format!("pk_test_{}", BASE64_STANDARD.encode(text));
        for bad in [
            String::new(),
            "pk_test_".into(),
            "pk_test".into(),
            "PK_TEST_Y2xlcmsuZXhhbXBsZS5vcmck".into(),
            "sk_test_Y2xlcmsuZXhhbXBsZS5vcmck".into(),
            "pk_test_Y2xlcmsuZXhhbXBsZS5vcmck_x".into(),
            "pk_test_aGFwcHktb3R0ZXItNDIuY2xlcmsuYWNjb3VudHMuZGV2JA=".into(),
            "pk_test_!!!!".into(),
            encode("clerk.example.org"),
            encode("clerk.example.org$$"),
            encode("localhost$"),
            encode(".$"),
            encode("https://clerk.example.org/x$"),
            encode("clerk.example.org/x$"),
            encode("a@clerk.example.org$"),
            encode("1.2.3$"),
            encode("1.2.3.4.5$"),
            encode("clerk.example.0x7f$"),
            encode("xn--clerk-.example.org$"),
        ] {
            assert_eq!(PublishableKey::parse(&bad), Err(KeyError::Publishable), "{bad}");
        }
    }

    #[test]
    fn debug_does_not_show_a_secret_key() {
        let key = SecretKey::parse(" sk_test_planted \n").unwrap();
        assert_eq!(key.expose(), "sk_test_planted");
        assert!(!format!("{key:?}").contains("planted"));
    }

    #[test]
    fn secret_keys_that_would_break_a_header_are_errors() {
        for bad in ["", "  ", "sk_test_a b", "sk_test_\u{e9}", "sk_test_a\nb"] {
            assert_eq!(SecretKey::parse(bad), Err(KeyError::Secret), "{bad:?}");
        }
    }
}
