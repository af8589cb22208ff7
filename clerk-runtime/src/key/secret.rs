use std::fmt;

use super::KeyError;

/// A secret key, `sk_test_…` or `sk_live_…`. Its `Debug` is redacted.
///
/// Clerk gives no promise about the form of the key beyond the prefix, so only what would break an HTTP header is refused.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey(Box<str>);

impl SecretKey {
    /// Takes a key as the dashboard shows it. Surrounding white space is dropped.
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

    /// The key itself. Whoever prints this leaks it.
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
