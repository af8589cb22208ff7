//! Cookies, by exact name (RFC 6265 §5.4 gives no other hold).

use std::borrow::Cow;

use http::HeaderMap;
use http::header::COOKIE;
use percent_encoding::percent_decode_str;

use crate::Deviation;

/// The longest cookies that are read, all headers together, in bytes.
const MAX_BYTES: usize = 32 * 1024;
/// The most cookies that are read.
const MAX_PAIRS: usize = 128;

/// The pairs of a request's `Cookie` headers, in order and not yet decoded.
#[derive(Debug, Default)]
pub(crate) struct Cookies<'a>(Vec<(&'a [u8], &'a [u8])>);

impl<'a> Cookies<'a> {
    /// Splits the headers into pairs, before anything is percent-decoded.
    ///
    /// # Errors
    /// More cookies than are read.
    pub(crate) fn of(headers: &'a HeaderMap) -> Result<Self, Deviation> {
        let mut bytes = 0;
        // As many as a browser usually has.
        let mut pairs = Vec::with_capacity(32);
        for header in headers.get_all(COOKIE) {
            bytes += header.len();
            if bytes > MAX_BYTES {
                return Err(Deviation::SizeLimit);
            }
            for pair in header.as_bytes().split(|byte| *byte == b';') {
                let Some(equals) = pair.iter().position(|byte| *byte == b'=') else {
                    continue;
                };
                if pairs.len() == MAX_PAIRS {
                    return Err(Deviation::SizeLimit);
                }
                pairs.push((trimmed(&pair[..equals]), trimmed(&pair[equals + 1..])));
            }
        }
        Ok(Self(pairs))
    }

    /// The value of the cookie with this name; `None` if it is absent or empty.
    ///
    /// # Errors
    /// There are several with different values, and nothing tells which of them the user's own site has set.
    pub(crate) fn get(&self, name: &str) -> Result<Option<Cow<'a, str>>, Deviation> {
        self.only(|found| found == name.as_bytes())
    }

    /// The same of the cookie whose name ends in the suffix of a publishable key.
    pub(crate) fn get_suffixed(&self, name: &str, suffix: &str) -> Result<Option<Cow<'a, str>>, Deviation> {
        self.only(|found| {
            let rest = found.strip_prefix(name.as_bytes());
            rest.and_then(|rest| rest.strip_prefix(b"_")) == Some(suffix.as_bytes())
        })
    }

    fn only(&self, is_named: impl Fn(&[u8]) -> bool) -> Result<Option<Cow<'a, str>>, Deviation> {
        let mut values = self
            .0
            .iter()
            .filter(|(found, _)| is_named(found))
            .map(|(_, value)| *value);
        let Some(first) = values.next() else {
            return Ok(None);
        };
        if values.any(|other| other != first) {
            return Err(Deviation::ConflictingCookies);
        }
        Ok(Some(decoded(first)).filter(|value| !value.is_empty()))
    }
}

/// Percent-decoded, or as it stands where that gives no text. A byte is a character, as in JavaScript's headers.
fn decoded(value: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = str::from_utf8(value)
        && text.bytes().all(|byte| byte.is_ascii() && byte != b'%')
    {
        return Cow::Borrowed(text);
    }
    let text: String = value.iter().copied().map(char::from).collect();
    match has_only_whole_escapes(&text).then(|| percent_decode_str(&text).decode_utf8()) {
        Some(Ok(decoded)) => Cow::Owned(decoded.into_owned()),
        _ => Cow::Owned(text),
    }
}

fn has_only_whole_escapes(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|byte| *byte == b'%') {
        match &rest[at + 1..] {
            [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => rest = &rest[at + 3..],
            _ => return false,
        }
    }
    true
}

fn trimmed(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn get(headers: &[&str], name: &str) -> Result<Option<String>, Deviation> {
        let mut map = HeaderMap::new();
        for header in headers {
            map.append(COOKIE, HeaderValue::from_str(header).unwrap());
        }
        Ok(Cookies::of(&map)?.get(name)?.map(Cow::into_owned))
    }

    #[test]
    fn names_are_exact_and_values_decoded_after_splitting() {
        for (header, expected) in [
            ("a=1", Some("1")),
            ("b=2; a=1", Some("1")),
            ("a = 1 ;b=2", Some("1")),
            ("a=x=y", Some("x=y")),
            ("a=%31%3B", Some("1;")),
            ("a=%3", Some("%3")),
            ("a=%zz%31", Some("%zz%31")),
            ("a=%ff", Some("%ff")),
            ("a=\"1\"", Some("\"1\"")),
            ("a=1; a=1", Some("1")),
            ("a=", None),
            ("aEVIL=1", None),
            ("A=1", None),
            ("b=%3Ba=1", None),
            ("a", None),
            ("", None),
        ] {
            assert_eq!(get(&[header], "a"), Ok(expected.map(str::to_owned)), "{header}");
        }
    }

    #[test]
    fn a_byte_outside_ascii_is_a_character() {
        let mut map = HeaderMap::new();
        map.append(COOKIE, HeaderValue::from_bytes(b"a=\xe9%C3%A9; b=\xff").unwrap());
        let cookies = Cookies::of(&map).unwrap();
        assert_eq!(cookies.get("a"), Ok(Some("\u{e9}\u{e9}".into())));
        assert_eq!(cookies.get("b"), Ok(Some("\u{ff}".into())));
    }

    #[test]
    fn different_values_of_one_cookie_are_refused_also_across_headers() {
        assert_eq!(get(&["a=1; a=2"], "a"), Err(Deviation::ConflictingCookies));
        assert_eq!(get(&["a=1", "a=2"], "a"), Err(Deviation::ConflictingCookies));
        assert_eq!(get(&["a=1; b=1; b=2"], "a"), Ok(Some("1".into())));
    }

    #[test]
    fn cookie_bombs_are_refused() {
        assert_eq!(
            get(&["a=1;".repeat(1000).as_str()], "a"),
            Err(Deviation::SizeLimit)
        );
        assert_eq!(
            get(&[&format!("a={}", "x".repeat(64 * 1024))], "a"),
            Err(Deviation::SizeLimit)
        );
    }
}
