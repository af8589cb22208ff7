//! Addresses made of segments, none of which can lead to another endpoint than the one that was meant.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::Error;

/// Everything outside the unreserved characters of RFC 3986 §2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What `application/x-www-form-urlencoded` encodes (WHATWG URL).
const FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');

/// A path below the base address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    text: String,
    is_versioned: bool,
    has_query: bool,
}

impl Path {
    /// Starts with a segment that is part of this crate.
    pub(crate) fn new(resource: &'static str) -> Self {
        Self {
            text: format!("/{resource}"),
            is_versioned: true,
            has_query: false,
        }
    }

    /// The same, for the endpoints that have no version before them.
    pub(crate) fn unversioned(resource: &'static str) -> Self {
        Self {
            is_versioned: false,
            ..Self::new(resource)
        }
    }

    /// Goes on with another segment that is part of this crate.
    pub(crate) fn then(mut self, segment: &'static str) -> Self {
        self.text.push('/');
        self.text.push_str(segment);
        self
    }

    /// Goes on with a segment that a caller gave, encoded.
    ///
    /// # Errors
    /// [`Error::Argument`] for a segment that is empty, too long, a dot segment in any encoding, or that holds a slash, a
    /// backslash or a control character.
    pub(crate) fn then_argument(mut self, name: &'static str, value: &str) -> Result<Self, Error> {
        if !is_single_segment(value) {
            return Err(Error::Argument { name });
        }
        self.text.push('/');
        self.text.extend(utf8_percent_encode(value, RESERVED));
        Ok(self)
    }

    /// Ends with a pair of the query, encoded as a form.
    pub(crate) fn query(mut self, name: &'static str, value: &str) -> Self {
        self.text.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        self.text.push_str(name);
        self.text.push('=');
        for (at, word) in value.split(' ').enumerate() {
            if at > 0 {
                self.text.push('+');
            }
            self.text.extend(utf8_percent_encode(word, FORM));
        }
        self
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the version of the API stands before it.
    pub(crate) fn is_versioned(&self) -> bool {
        self.is_versioned
    }
}

/// Whether a segment is safe as it stands.
pub(crate) fn is_plain_segment(segment: &str) -> bool {
    is_single_segment(segment)
        && segment
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

/// Whether a value, once encoded, stays one segment however often a server on the way decodes it.
fn is_single_segment(value: &str) -> bool {
    if value.len() > MAX_SEGMENT {
        return false;
    }
    let mut text = value.to_owned();
    for _ in 0..MAX_ENCODINGS {
        let harmful = |c: char| matches!(c, '/' | '\\') || c.is_control();
        if text.is_empty() || matches!(text.as_str(), "." | "..") || text.contains(harmful) {
            return false;
        }
        let decoded = percent_decode_str(&text).decode_utf8_lossy().into_owned();
        if decoded == text {
            return true;
        }
        text = decoded;
    }
    false
}

/// The longest argument in bytes: many times what Clerk's ids, slugs and names have, and far from what makes an address
/// too long to be sent.
const MAX_SEGMENT: usize = 1024;

/// How many times over an argument may be percent-encoded. Ids come from requests, so what looking through the layers
/// costs must not grow with the square of the length.
const MAX_ENCODINGS: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_stay_one_segment() {
        for (value, expected) in [
            ("user_1", Some("/users/user_1")),
            ("user_1?x=1", Some("/users/user_1%3Fx%3D1")),
            ("user_1#x", Some("/users/user_1%23x")),
            ("a b", Some("/users/a%20b")),
            ("\u{e9}", Some("/users/%C3%A9")),
            ("100%", Some("/users/100%25")),
            ("a..b", Some("/users/a..b")),
            ("", None),
            (".", None),
            ("..", None),
            ("%2e%2E", None),
            ("%252e.", None),
            ("%25252e%25252e", None),
            ("user_1/ban", None),
            ("user_1%2Fban", None),
            ("user_1%255cban", None),
            ("..\\x", None),
            ("//evil.test", None),
            ("a\nb", None),
            ("a%00b", None),
            ("\u{7f}", None),
            ("\u{85}", None),
            ("%ff", Some("/users/%25ff")),
            ("\u{2026}", Some("/users/%E2%80%A6")),
            ("https://evil.test", None),
            ("@evil.test", Some("/users/%40evil.test")),
            ("a;b&c", Some("/users/a%3Bb%26c")),
        ] {
            let path = Path::new("users").then_argument("user_id", value).ok();
            assert_eq!(path.as_ref().map(Path::as_str), expected, "{value}");
        }
    }

    #[test]
    fn arguments_have_a_length_and_a_depth() {
        let accepted = |value: &str| Path::new("users").then_argument("user_id", value).is_ok();
        assert!(accepted(&"a".repeat(MAX_SEGMENT)) && !accepted(&"a".repeat(MAX_SEGMENT + 1)));
        assert!(accepted(&format!("%{}41", "25".repeat(MAX_ENCODINGS - 2))));
        assert!(!accepted(&format!("%{}41", "25".repeat(MAX_ENCODINGS))));
        assert!(!accepted(&format!("%{}2e", "25".repeat(MAX_SEGMENT / 2 - 2))));
    }
}
