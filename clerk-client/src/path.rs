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
}

impl Path {
    /// A path that is part of this crate, such as `/users/{user_id}`, with encoded arguments for its `{…}`, in their order.
    ///
    /// # Errors
    /// [`Error::Argument`] for a segment that is empty, too long, a dot segment in any encoding, or that holds a slash, a
    /// backslash or a control character.
    pub(crate) fn filled(template: &'static str, arguments: &[&str]) -> Result<Self, Error> {
        let mut text = String::with_capacity(template.len() + 64);
        let mut arguments = arguments.iter();
        for segment in template.split('/').skip(1) {
            text.push('/');
            match segment.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                None => text.push_str(segment),
                Some(name) => {
                    let value = arguments.next().copied().unwrap_or_default();
                    if !is_single_segment(value) {
                        return Err(Error::Argument { name });
                    }
                    text.extend(utf8_percent_encode(value, RESERVED));
                }
            }
        }
        Ok(Self {
            text,
            is_versioned: true,
        })
    }

    /// A path that a caller gave, as it is to be sent.
    ///
    /// # Errors
    /// [`Error::Path`] for one that could lead to another endpoint than it seems, or to another host.
    pub(crate) fn parse(path: &str) -> Result<Self, Error> {
        let segments = path.strip_prefix('/').ok_or(Error::Path)?;
        if !segments.split('/').all(is_encoded_segment) {
            return Err(Error::Path);
        }
        Ok(Self {
            text: path.to_owned(),
            is_versioned: true,
        })
    }

    pub(crate) fn set_versioned(&mut self, is_versioned: bool) {
        self.is_versioned = is_versioned;
    }

    pub(crate) fn with(mut self, query: Query) -> Self {
        self.text.push_str(&query.0);
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

/// The pairs behind a path, with the question mark.
#[derive(Debug, Default)]
pub(crate) struct Query(String);

impl Query {
    /// Adds a pair, encoded as a form.
    pub(crate) fn push(&mut self, name: &str, value: &str) {
        self.0.push(if self.0.is_empty() { '?' } else { '&' });
        self.encode(name);
        self.0.push('=');
        self.encode(value);
    }

    fn encode(&mut self, text: &str) {
        for (at, word) in text.split(' ').enumerate() {
            if at > 0 {
                self.0.push('+');
            }
            self.0.extend(utf8_percent_encode(word, FORM));
        }
    }
}

/// Whether a segment that is encoded already can be sent as it is (RFC 3986 §3.3).
fn is_encoded_segment(segment: &str) -> bool {
    let is_pchar = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:@".contains(&byte);
    segment.bytes().all(is_pchar) && is_single_segment(segment)
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
            let path = Path::filled("/users/{user_id}", &[value]).ok();
            assert_eq!(path.as_ref().map(Path::as_str), expected, "{value}");
        }
    }

    #[test]
    fn arguments_have_a_length_and_a_depth() {
        let accepted = |value: &str| Path::filled("/users/{user_id}", &[value]).is_ok();
        assert!(accepted(&"a".repeat(MAX_SEGMENT)) && !accepted(&"a".repeat(MAX_SEGMENT + 1)));
        assert!(accepted(&format!("%{}41", "25".repeat(MAX_ENCODINGS - 2))));
        assert!(!accepted(&format!("%{}41", "25".repeat(MAX_ENCODINGS))));
        assert!(!accepted(&format!("%{}2e", "25".repeat(MAX_SEGMENT / 2 - 2))));
    }

    #[test]
    fn a_path_of_the_caller_stays_below_the_base_address() {
        for path in [
            "",
            "/",
            "users",
            "//evil.test/users",
            "https://evil.test/users",
            "/users/",
            "/users/..",
            "/users/./x",
            "/users/%2e%2e/x",
            "/users/%252e%252E",
            "/users/a%2Fb",
            "/users/a\\b",
            "/users?x=1",
            "/users#x",
            "/users/a b",
            "/users/\u{e9}",
            "/users/a\nb",
            "@evil.test/users",
        ] {
            assert!(matches!(Path::parse(path), Err(Error::Path)), "{path:?}");
        }
        for path in ["/users", "/users/user_1", "/users/a%20b", "/jwt_templates/a..b"] {
            assert_eq!(Path::parse(path).unwrap().as_str(), path);
        }
    }

    #[test]
    fn a_query_is_encoded_as_a_form() {
        let mut query = Query::default();
        query.push("order_by", "+created_at");
        query.push("q", "a b&c=\u{e9}");
        query.push("empty", "");
        let path = Path::parse("/users").unwrap().with(query);
        let expected = "/users?order_by=%2Bcreated_at&q=a+b%26c%3D%C3%A9&empty=";
        assert_eq!(path.as_str(), expected);
    }
}
