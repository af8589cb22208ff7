use std::fmt;

use super::KeyError;

/// A secret key, `sk_test_…` or `sk_live_…`. Its `Debug` is redacted.
///
/// Clerk guarantees nothing about the form of the key beyond the prefix, so only characters that would break an HTTP header are
/// rejected.
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
    fn debug_shows_nothing_of_the_key() {
        let key = SecretKey::parse(" sk_test_planted \n").unwrap();
        assert_eq!(key.expose(), "sk_test_planted");
        assert!(!format!("{key:?}").contains("planted"));
    }

    #[test]
    fn refuses_what_cannot_be_a_header() {
        for bad in ["", "  ", "sk_test_a b", "sk_test_\u{e9}", "sk_test_a\nb"] {
            assert_eq!(SecretKey::parse(bad), Err(KeyError::Secret), "{bad:?}");
        }
    }
}
