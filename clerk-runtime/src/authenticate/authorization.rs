//! The `Authorization` header (RFC 6750 §2.1).

use std::sync::Arc;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use memchr::memchr;

use crate::Deviation;
use crate::verify::{CachedSession, Verifier};

/// What the request's `Authorization` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Authorization<'a> {
    /// No header, an empty one, or another scheme: cookies may speak.
    Absent,
    Bearer(&'a str),
    /// Something in place of a token. Cookies are not asked.
    Invalid(Option<Deviation>),
}

/// The headers, not yet looked into.
#[derive(Debug, Clone, Copy)]
pub(super) enum AuthorizationHeaders<'a> {
    None,
    One(&'a HeaderValue),
    Several,
}

impl<'a> AuthorizationHeaders<'a> {
    pub(super) fn of(headers: &'a HeaderMap) -> Self {
        let mut values = headers.get_all(AUTHORIZATION).iter();
        match (values.next(), values.next()) {
            (None, _) => Self::None,
            (Some(value), None) => Self::One(value),
            (Some(_), Some(_)) => Self::Several,
        }
    }

    /// The token of a header as everybody writes it, if it was seen before.
    pub(super) fn seen_before(self, verifier: &Verifier) -> Option<Arc<CachedSession>> {
        match self {
            Self::One(value) => verifier.cached(value.as_bytes().strip_prefix(b"Bearer ")?),
            Self::None | Self::Several => None,
        }
    }
}

impl<'a> Authorization<'a> {
    pub(super) fn of(headers: AuthorizationHeaders<'a>) -> Self {
        match headers {
            AuthorizationHeaders::None => Self::Absent,
            AuthorizationHeaders::One(value) => Self::parse(value),
            AuthorizationHeaders::Several => Self::Invalid(Some(Deviation::RepeatedAuthorization)),
        }
    }

    fn parse(value: &'a HeaderValue) -> Self {
        // As everybody writes it. Tokens are long, so that one look at the bytes has to do.
        if let Some(token) = value.as_bytes().strip_prefix(b"Bearer ")
            && !token.is_empty()
            && token.iter().fold(true, |all, byte| all & byte.is_ascii_graphic())
            && let Ok(token) = str::from_utf8(token)
        {
            return Self::Bearer(token);
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
            None => Self::Bearer(rest),
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

/// Clerk's SDK would verify it; whether it would pass is nobody's business any more.
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
        match Authorization::of(AuthorizationHeaders::of(&headers)) {
            Authorization::Absent => "absent".into(),
            Authorization::Bearer(token) => format!("bearer {token}"),
            Authorization::Invalid(None) => "invalid".into(),
            Authorization::Invalid(Some(deviation)) => format!("invalid {deviation}"),
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
