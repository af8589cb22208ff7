//! The choice between the suffixed and the plain cookies of the instance, by claims that are not verified.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::authenticate::credential::PresentedToken;
use crate::clock::Clock;
use crate::key::InstanceType;
use crate::token::{Claim, SessionClaims};

/// The cookies that the choice is made from.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct CookiePair<'c, 'a> {
    pub(super) session: Option<&'c PresentedToken<'a>>,
    pub(super) client_uat: Option<&'c str>,
}

/// Clerk's decision table, first match wins. The claims looked at are unverified: they choose a cookie, nothing more.
pub(super) fn uses_suffixed_cookies(
    suffixed: CookiePair<'_, '_>,
    plain: CookiePair<'_, '_>,
    instance_type: InstanceType,
    hints: HintReader<'_>,
) -> bool {
    let of_plain = plain.session.map(|token| hints.read(token));
    if let Some(hints) = of_plain {
        match hints.map_or(Issuer::Absent, |hints| hints.issuer) {
            Issuer::Absent => return false,
            Issuer::Own => {}
            Issuer::Other => return true,
        }
    }
    if suffixed.client_uat.is_none() && suffixed.session.is_none() {
        return false;
    }
    let of_plain = of_plain.flatten();
    let of_suffixed = match suffixed.session {
        Some(token) if plain.session == Some(token) => of_plain,
        Some(token) => hints.read(token),
        None => None,
    };
    let plain_iat = of_plain.and_then(|hints| hints.iat).unwrap_or(0.0);
    let suffixed_iat = of_suffixed.and_then(|hints| hints.iat).unwrap_or(0.0);
    let suffixed_zero = suffixed.client_uat == Some("0");
    let plain_zero = plain.client_uat == Some("0");
    if !suffixed_zero && !plain_zero && plain_iat > suffixed_iat {
        return false;
    }
    if suffixed_zero && !plain_zero {
        return false;
    }
    if instance_type == InstanceType::Development && !suffixed_zero && plain_zero {
        let expired = |exp: f64| exp <= hints.clock.unix_millis().div_euclid(1000) as f64;
        if of_suffixed.and_then(|hints| hints.exp).is_some_and(expired) {
            return false;
        }
    }
    suffixed.client_uat.is_some() || suffixed.session.is_none()
}

/// Unverified claims of a token that the choice of a cookie depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct UnverifiedHints {
    pub(super) issuer: Issuer,
    pub(super) iat: Option<f64>,
    pub(super) exp: Option<f64>,
}

/// The issuer of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Issuer {
    /// The token names none.
    Absent,
    Own,
    Other,
}

/// Reads the hints of tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct HintReader<'a> {
    pub(super) clock: &'a dyn Clock,
    pub(super) issuing_host: &'a str,
}

impl HintReader<'_> {
    /// Reads the hints of a token; `None` if it does not decode.
    pub(super) fn read(self, token: &PresentedToken<'_>) -> Option<UnverifiedHints> {
        let cached = token
            .cached()
            .and_then(|cached| self.read_cached(cached.session().claims()));
        cached.or_else(|| self.read_text(token.as_str()))
    }

    fn read_cached(self, claims: &SessionClaims) -> Option<UnverifiedHints> {
        let number = |member: Claim<f64>| match member {
            Claim::Present(number) => Some(number),
            Claim::Absent | Claim::Null | Claim::WrongType => None,
        };
        let issuer = match claims.iss() {
            Claim::Present("") => Issuer::Absent,
            Claim::Present(issuer) => self.issuer(issuer),
            Claim::Absent => Issuer::Absent,
            // The cache does not keep a value of another type.
            Claim::Null | Claim::WrongType => return None,
        };
        Some(UnverifiedHints {
            issuer,
            iat: number(claims.iat()),
            exp: number(claims.exp()),
        })
    }

    fn read_text(self, token: &str) -> Option<UnverifiedHints> {
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

/// Returns whether an issuer names this host, whatever its scheme.
fn names_host(issuer: &str, host: &str) -> bool {
    // As Clerk writes it.
    if issuer.strip_prefix("https://") == Some(host) {
        return true;
    }
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
    use base64::Engine;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;

    use super::*;
    use crate::clock::SystemClock;

    #[test]
    fn a_plain_session_of_another_instance_leaves_the_suffixed_cookies_to_speak() {
        let token = |payload: &str, padding: &str| {
            let part = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
            format!("{}.{}.{}{padding}", part("{}"), part(payload), part("signature"))
        };
        for (session, expected) in [
            (token(r#"{"iss":"https://clerk.other.test"}"#, ""), true),
            (token(r#"{"iss":"https://clerk.other.test"}"#, "=="), true),
            (
                token(
                    r#"{"iss":"https://clerk.app.test","iss":"https://clerk.other.test"}"#,
                    "",
                ),
                true,
            ),
            (token(r#"{"iss":7}"#, ""), true),
            (token(r#"{"iss":""}"#, ""), false),
            (token("null", ""), false),
            (token("nonsense", ""), false),
            ("a.b.c.d".to_owned(), false),
        ] {
            let plain = CookiePair {
                session: Some(&PresentedToken::from_text(session.as_str())),
                client_uat: None,
            };
            let suffixed = CookiePair::default();
            let hints = HintReader {
                clock: &SystemClock,
                issuing_host: "clerk.app.test",
            };
            let chosen = uses_suffixed_cookies(suffixed, plain, InstanceType::Production, hints);
            assert_eq!(chosen, expected, "{session}");
        }
    }
}

#[cfg(test)]
mod tests_hints {
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
