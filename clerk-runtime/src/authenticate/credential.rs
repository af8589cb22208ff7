//! The credential in the `Authorization` header (RFC 6750 §2.1), and tokens as requests present them.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use memchr::memchr;

use super::verified_token_cache::{CachedSession, VerifiedTokenCache};
use crate::Deviation;
use crate::verify::Verifier;

/// A token as a request presents it, in the header or in the session cookie. `Debug` does not show it.
pub(super) struct PresentedToken<'a>(Text<'a>);

enum Text<'a> {
    /// The token was verified before, and its session has the same text.
    Cached(Arc<CachedSession>),
    Unknown(Cow<'a, str>),
}

impl<'a> PresentedToken<'a> {
    /// Looks bytes of a header up in the cache; `None` if the cache does not have them as a token.
    pub(super) fn from_cache(bytes: &[u8], cache: &VerifiedTokenCache, verifier: &Verifier) -> Option<Self> {
        Some(Self(Text::Cached(cache.get(bytes, verifier)?)))
    }

    /// Takes a token that the cache does not have.
    pub(super) fn from_text(text: impl Into<Cow<'a, str>>) -> Self {
        Self(Text::Unknown(text.into()))
    }

    pub(super) fn as_str(&self) -> &str {
        match &self.0 {
            Text::Cached(cached) => cached.session().token(),
            Text::Unknown(text) => text,
        }
    }

    /// Returns the session of the token if the cache has it.
    pub(super) fn cached(&self) -> Option<&CachedSession> {
        match &self.0 {
            Text::Cached(cached) => Some(cached),
            Text::Unknown(_) => None,
        }
    }
}

impl Clone for PresentedToken<'_> {
    fn clone(&self) -> Self {
        Self(match &self.0 {
            Text::Cached(cached) => Text::Cached(Arc::clone(cached)),
            Text::Unknown(text) => Text::Unknown(text.clone()),
        })
    }
}

impl PartialEq for PresentedToken<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Text::Cached(cached), Text::Cached(other)) if Arc::ptr_eq(cached, other) => true,
            _ => self.as_str() == other.as_str(),
        }
    }
}

impl fmt::Debug for PresentedToken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PresentedToken").finish_non_exhaustive()
    }
}

/// The credential in the `Authorization` header.
#[derive(Debug, PartialEq)]
pub(super) enum Credential<'a> {
    /// No header, an empty one, or another scheme: the session cookie counts.
    Absent,
    Bearer(PresentedToken<'a>),
    /// Something in place of a token. The session cookie does not count beside it.
    Invalid(Option<Deviation>),
}

impl<'a> Credential<'a> {
    /// Reads the header. A token that the cache has is not looked into any further.
    pub(super) fn read(headers: &'a HeaderMap, cache: &VerifiedTokenCache, verifier: &Verifier) -> Self {
        let mut values = headers.get_all(AUTHORIZATION).iter();
        let value = match (values.next(), values.next()) {
            (None, _) => return Self::Absent,
            (Some(value), None) => value,
            (Some(_), Some(_)) => return Self::Invalid(Some(Deviation::RepeatedAuthorization)),
        };
        let cached = || {
            let token = value.as_bytes().strip_prefix(b"Bearer ")?;
            PresentedToken::from_cache(token, cache, verifier)
        };
        cached().map_or_else(|| Self::parse(value), Self::Bearer)
    }

    fn bearer(token: &'a str) -> Self {
        Self::Bearer(PresentedToken::from_text(token))
    }

    fn parse(value: &'a HeaderValue) -> Self {
        // The usual form. Tokens are long, so that one look at the bytes has to do.
        if let Some(token) = value.as_bytes().strip_prefix(b"Bearer ")
            && !token.is_empty()
            && token.iter().fold(true, |all, byte| all & byte.is_ascii_graphic())
            && let Ok(token) = str::from_utf8(token)
        {
            return Self::bearer(token);
        }
        let Some(value) = ascii(value) else {
            return Self::Invalid(Some(Deviation::RepeatedAuthorization));
        };
        let value = value.trim_matches([' ', '\t']);
        if value.is_empty() {
            return Self::Absent;
        }
        let Some((scheme, rest)) = value.split_once(' ') else {
            return Self::Invalid(looks_like_token(value).then_some(Deviation::BearerScheme));
        };
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Self::Absent;
        }
        match memchr(b' ', rest.as_bytes()).map(|at| &rest[..at]) {
            None => Self::bearer(rest),
            // Under another spelling of the scheme Clerk's SDK finds no token at all.
            Some(first) => {
                let differs = scheme != "Bearer" || looks_like_token(first);
                Self::Invalid(differs.then_some(Deviation::BearerScheme))
            }
        }
    }
}

/// `to_str`, but tokens are long: a header has no control characters that would have to be looked for.
fn ascii(value: &HeaderValue) -> Option<&str> {
    let text = str::from_utf8(value.as_bytes()).ok()?;
    text.is_ascii().then_some(text)
}

/// Returns whether Clerk's SDK would try to verify it.
fn looks_like_token(text: &str) -> bool {
    text.split('.').count() == 3
        || ["ak_", "mt_", "oat_"]
            .iter()
            .any(|prefix| text.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[&[u8]]) -> String {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(AUTHORIZATION, HeaderValue::from_bytes(value).unwrap());
        }
        match Credential::read(&headers, &VerifiedTokenCache::new(0), &Verifier::for_test()) {
            Credential::Absent => "absent".into(),
            Credential::Bearer(token) => format!("bearer {}", token.as_str()),
            Credential::Invalid(None) => "invalid".into(),
            Credential::Invalid(Some(deviation)) => format!("invalid {deviation}"),
        }
    }

    #[test]
    fn one_scheme_one_space_one_token() {
        for (values, expected) in [
            (&[][..], "absent"),
            (&[&b""[..]], "absent"),
            (&[b"  "], "absent"),
            (&[b"Bearer a.b.c"], "bearer a.b.c"),
            (&[b" bearer a.b.c\t"], "bearer a.b.c"),
            (&[b"BEARER a.b.c"], "bearer a.b.c"),
            (&[b"Bearer opaque"], "bearer opaque"),
            (&[b"Basic dXNlcjpwYXNz"], "absent"),
            (&[b"Basic eA==, Bearer a.b.c"], "absent"),
            (&[b"Bearer: a.b.c"], "absent"),
            (&[b"a.b.c"], "invalid D1"),
            (&[b"Bearer"], "invalid"),
            (&[b"Bearer  a.b.c"], "invalid"),
            (&[b"Bearer\ta.b.c"], "invalid D1"),
            (&[b"Bearer Bearer a.b.c"], "invalid"),
            (&[b"bearer x y"], "invalid D1"),
            (&[b"Bearer a.b.c junk"], "invalid D1"),
            (&[b"Bearer \xff"], "invalid D2"),
            (&[b"Bearer a.b.c", b"Bearer d.e.f"], "invalid D2"),
            (&[b"Basic eA==", b"Bearer a.b.c"], "invalid D2"),
        ] {
            assert_eq!(read(values), expected, "{values:?}");
        }
    }
}
