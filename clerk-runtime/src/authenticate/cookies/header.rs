//! Cookies, by exact name (RFC 6265 §5.4 gives no other hold).

use std::borrow::Cow;
use std::sync::LazyLock;

use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};
use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter};
use percent_encoding::percent_decode_str;

use crate::Deviation;

/// The longest cookies that are read, all headers together, in bytes.
const MAX_BYTES: usize = 32 * 1024;
/// The most cookies that are read.
const MAX_PAIRS: usize = 128;

/// How many of Clerk's cookies a browser has: three, and each once more with the instance's suffix.
const USUAL_PAIRS: usize = 6;

/// How the names of all of Clerk's cookies begin.
static PREFIX: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("__"));

/// The pairs of a request's `Cookie` headers whose names may be Clerk's, in order and not yet decoded.
#[derive(Debug, Default)]
pub(crate) struct Cookies<'a>(Vec<(&'a [u8], &'a [u8])>);

impl<'a> Cookies<'a> {
    /// Splits the headers into pairs, before anything is percent-decoded.
    ///
    /// # Errors
    /// More cookies than are read.
    pub(crate) fn parse(headers: &'a HeaderMap) -> Result<Self, Deviation> {
        let headers = headers.get_all(COOKIE);
        let headers = || headers.iter().map(HeaderValue::as_bytes);
        if headers().map(<[u8]>::len).sum::<usize>() > MAX_BYTES || has_too_many_pairs(headers) {
            return Err(Deviation::SizeLimit);
        }
        let mut pairs = Vec::with_capacity(USUAL_PAIRS);
        for header in headers() {
            // Most of what a browser sends is not Clerk's, so pairs are found by how their names begin.
            for start in PREFIX.find_iter(header).filter(|at| starts_pair(&header[..*at])) {
                let pair = &header[start..];
                let pair = &pair[..memchr(b';', pair).unwrap_or(pair.len())];
                if let Some(equals) = memchr(b'=', pair) {
                    pairs.push((trimmed(&pair[..equals]), trimmed(&pair[equals + 1..])));
                }
            }
        }
        Ok(Self(pairs))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the values of the cookies with this name, each once.
    ///
    /// An empty value counts as absent, but not in front of another: Clerk's SDK reads the first of several.
    pub(crate) fn get(&self, name: &str) -> Values<&'a [u8]> {
        self.values(|found| found == name.as_bytes())
    }

    /// Returns the values of the cookies whose name ends in the suffix of a publishable key.
    pub(crate) fn get_suffixed(&self, name: &str, suffix: &str) -> Values<&'a [u8]> {
        self.values(|found| {
            let rest = found.strip_prefix(name.as_bytes());
            rest.and_then(|rest| rest.strip_prefix(b"_")) == Some(suffix.as_bytes())
        })
    }

    fn values(&self, is_named: impl Fn(&[u8]) -> bool) -> Values<&'a [u8]> {
        let mut values = self
            .0
            .iter()
            .filter(|(found, _)| is_named(found))
            .map(|(_, value)| *value);
        let Some(first) = values.next() else {
            return Values::None;
        };
        let mut others = values.filter(|value| *value != first && !value.is_empty());
        let Some(second) = others.next() else {
            return if first.is_empty() {
                Values::None
            } else {
                Values::One(first)
            };
        };
        let mut several = vec![first, second];
        for value in others {
            if !several.contains(&value) {
                several.push(value);
            }
        }
        Values::Several(several)
    }
}

/// The different values of one cookie. A browser has one for each domain and path that have set it, and does not tell which
/// is whose (RFC 6265 §8.6).
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Values<T> {
    None,
    One(T),
    /// In the order of the header.
    Several(Vec<T>),
}

impl<T> Values<T> {
    pub(crate) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Returns the value; `None` if there are several.
    pub(crate) fn only(self) -> Option<T> {
        match self {
            Self::One(value) => Some(value),
            Self::None | Self::Several(_) => None,
        }
    }

    pub(crate) fn map<U>(self, read: impl FnMut(T) -> U) -> Values<U> {
        match self {
            Self::None => Values::None,
            Self::One(value) => Values::One({ read }(value)),
            Self::Several(values) => Values::Several(values.into_iter().map(read).collect()),
        }
    }
}

impl<'a> Values<&'a [u8]> {
    /// Percent-decodes them.
    pub(crate) fn decoded(self) -> Values<Cow<'a, str>> {
        self.map(decoded)
    }
}

/// Percent-decoded, or as it stands where that gives no text. A byte is a character, as in JavaScript's headers.
pub(in crate::authenticate) fn decoded(value: &[u8]) -> Cow<'_, str> {
    // For a short value, such as a time, one look at each byte costs less than three functions for long ones.
    let is_plain = match value.len() {
        0..=16 => value.iter().all(|byte| byte.is_ascii() && *byte != b'%'),
        _ => value.is_ascii() && memchr(b'%', value).is_none(),
    };
    if is_plain && let Ok(text) = str::from_utf8(value) {
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

fn has_too_many_pairs<'a, I: Iterator<Item = &'a [u8]>>(headers: impl Fn() -> I) -> bool {
    let at_most: usize = headers()
        .map(|header| memchr_iter(b';', header).count() + 1)
        .sum();
    let is_pair = |part: &&[u8]| memchr(b'=', part).is_some();
    at_most > MAX_PAIRS
        && headers()
            .flat_map(|header| header.split(|byte| *byte == b';'))
            .filter(is_pair)
            .nth(MAX_PAIRS)
            .is_some()
}

/// Whether a pair can start behind this part of a header.
fn starts_pair(before: &[u8]) -> bool {
    let last = before.iter().rfind(|byte| !matches!(byte, b' ' | b'\t'));
    last.is_none_or(|byte| *byte == b';')
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

    fn values(headers: &[&str], name: &str) -> Result<Values<String>, Deviation> {
        let mut map = HeaderMap::new();
        for header in headers {
            map.append(COOKIE, HeaderValue::from_str(header).unwrap());
        }
        Ok(Cookies::parse(&map)?.get(name).decoded().map(Cow::into_owned))
    }

    fn get(headers: &[&str], name: &str) -> Result<Option<String>, Deviation> {
        Ok(values(headers, name)?.only())
    }

    #[test]
    fn names_are_exact_and_values_decoded_after_splitting() {
        for (header, expected) in [
            ("__a=1", Some("1")),
            ("__b=2; __a=1", Some("1")),
            ("__a = 1 ;__b=2", Some("1")),
            ("__a=x=y", Some("x=y")),
            ("__a=%31%3B", Some("1;")),
            ("__a=%3", Some("%3")),
            ("__a=%zz%31", Some("%zz%31")),
            ("__a=%ff", Some("%ff")),
            ("__a=\"1\"", Some("\"1\"")),
            ("__a=1; __a=1", Some("1")),
            ("__a=", None),
            ("__aEVIL=1", None),
            ("__A=1", None),
            ("__b=%3B__a=1", None),
            ("__a", None),
            ("x=1;\t__a=1", Some("1")),
            (";;__a=1;", Some("1")),
            ("x __a=1", None),
            ("x=__a=1", None),
            ("x=1,__a=1", None),
            ("x=_; __a=1", Some("1")),
            ("___a=1", None),
            ("", None),
        ] {
            assert_eq!(get(&[header], "__a"), Ok(expected.map(str::to_owned)), "{header}");
        }
    }

    #[test]
    fn a_byte_outside_ascii_is_a_character() {
        let mut map = HeaderMap::new();
        map.append(
            COOKIE,
            HeaderValue::from_bytes(b"__a=\xe9%C3%A9; __b=\xff").unwrap(),
        );
        let cookies = Cookies::parse(&map).unwrap();
        assert_eq!(cookies.get("__a").decoded(), Values::One("\u{e9}\u{e9}".into()));
        assert_eq!(cookies.get("__b").decoded(), Values::One("\u{ff}".into()));
    }

    #[test]
    fn different_values_of_one_cookie_are_told_apart_also_across_headers() {
        let several = |values: &[&str]| Ok(Values::Several(values.iter().map(ToString::to_string).collect()));
        assert_eq!(values(&["__a=1; __a=2"], "__a"), several(&["1", "2"]));
        assert_eq!(
            values(&["__a=1", "__a=2; __a=1; __a=3"], "__a"),
            several(&["1", "2", "3"])
        );
        assert_eq!(get(&["__a=1; __b=1; __b=2"], "__a"), Ok(Some("1".into())));
        assert_eq!(get(&["__a=2; __a="], "__a"), Ok(Some("2".into())));
        assert_eq!(get(&["__a=; __a="], "__a"), Ok(None));
        assert_eq!(values(&["__a=; __a=2; __a="], "__a"), several(&["", "2"]));
    }

    #[test]
    fn as_many_pairs_are_read_as_promised() {
        let pairs = |count| "x=1; no pair;".repeat(count) + "__a=1;";
        assert_eq!(get(&[&pairs(MAX_PAIRS - 1)], "__a"), Ok(Some("1".into())));
        assert_eq!(get(&[&pairs(MAX_PAIRS)], "__a"), Err(Deviation::SizeLimit));
        assert_eq!(get(&[&pairs(63), &pairs(63)], "__a"), Ok(Some("1".into())));
        assert_eq!(get(&[&pairs(63), &pairs(64)], "__a"), Err(Deviation::SizeLimit));
    }

    #[test]
    fn cookie_bombs_are_refused() {
        assert_eq!(
            get(&["__a=1;".repeat(1000).as_str()], "__a"),
            Err(Deviation::SizeLimit)
        );
        assert_eq!(
            get(&[&format!("__a={}", "x".repeat(64 * 1024))], "__a"),
            Err(Deviation::SizeLimit)
        );
    }
}
