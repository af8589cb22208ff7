//! A look at tokens that nobody has verified. It chooses a cookie, nothing more.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::Value;

use super::session_cookie::SessionCookie;
use crate::clock::Clock;
use crate::token::{Claim, SessionClaims};
use crate::verify::Verifier;

/// What a token says, as far as the choice of a cookie goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct UnverifiedHints {
    pub(super) issuer: Issuer,
    pub(super) iat: Option<f64>,
    pub(super) exp: Option<f64>,
}

/// Who issued it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Issuer {
    /// Nobody says so.
    Absent,
    Own,
    Other,
}

/// How tokens are looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct HintReader<'a> {
    /// What it has seen before need not be decoded.
    pub(super) verifier: Option<&'a Verifier>,
    pub(super) clock: &'a dyn Clock,
    pub(super) issuing_host: &'a str,
}

impl HintReader<'_> {
    /// Looks at a token; nothing if it does not decode.
    pub(super) fn at(self, token: &SessionCookie<'_>) -> Option<UnverifiedHints> {
        let from_cached = token.seen().and_then(|seen| self.from_cached(seen.claims()));
        from_cached.or_else(|| self.from_text(token.as_str()))
    }

    fn from_cached(self, claims: &SessionClaims) -> Option<UnverifiedHints> {
        let number = |member: Claim<f64>| match member {
            Claim::Present(number) => Some(number),
            Claim::Absent | Claim::Null | Claim::WrongType => None,
        };
        let issuer = match claims.iss() {
            Claim::Present("") => Issuer::Absent,
            Claim::Present(issuer) => self.issuer(issuer),
            Claim::Absent => Issuer::Absent,
            // What it is was not kept.
            Claim::Null | Claim::WrongType => return None,
        };
        Some(UnverifiedHints {
            issuer,
            iat: number(claims.iat()),
            exp: number(claims.exp()),
        })
    }

    fn from_text(self, token: &str) -> Option<UnverifiedHints> {
        let claims = unverified_payload(token)?;
        let number = |name: &str| claims.get(name)?.as_f64();
        Some(UnverifiedHints {
            issuer: match claims.get("iss").filter(|issuer| is_truthy(issuer)) {
                None => Issuer::Absent,
                Some(Value::String(issuer)) => self.issuer(issuer),
                Some(_) => Issuer::Other,
            },
            iat: number("iat"),
            exp: number("exp"),
        })
    }

    fn issuer(self, issuer: &str) -> Issuer {
        if names_host(issuer, self.issuing_host) {
            Issuer::Own
        } else {
            Issuer::Other
        }
    }
}

fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// The claims of a token that nobody has verified, or `None` if it does not decode. Read as leniently as Clerk's SDK does,
/// so that the same cookies speak; whether the token among them is well-formed is seen when it is verified.
fn unverified_payload(token: &str) -> Option<Value> {
    let decode = |part: &str| BASE64_URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok();
    let mut parts = token.split('.');
    let (header, payload, signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    decode(signature)?;
    serde_json::from_slice::<Value>(&decode(header)?).ok()?;
    serde_json::from_slice(&decode(payload)?).ok()
}

/// Whether an issuer names this host, the scheme left out of account.
fn names_host(issuer: &str, host: &str) -> bool {
    let mut rest = issuer;
    while let Some(behind) = ["https://", "http://"]
        .iter()
        .find_map(|scheme| behind_scheme(rest, scheme))
    {
        rest = behind;
    }
    rest == host
}

fn behind_scheme<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    let (start, behind) = text.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then_some(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuer_is_compared_without_schemes() {
        assert!(names_host("https://clerk.example.org", "clerk.example.org"));
        assert!(names_host("HTTP://clerk.example.org", "clerk.example.org"));
        assert!(names_host("clerk.example.org", "clerk.example.org"));
        assert!(!names_host("https://clerk.example.org/", "clerk.example.org"));
        assert!(!names_host("https://\u{e9}vil", "clerk.example.org"));
    }
}
