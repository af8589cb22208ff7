//! Whether the suffixed or the plain cookies speak for the instance.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::key::InstanceType;

/// The cookies that the choice is made from.
#[derive(Debug, Default)]
pub(super) struct CookiePair {
    pub(super) session: Option<String>,
    pub(super) client_uat: Option<String>,
}

/// Clerk's decision table, first match wins. The claims looked at are unverified: they choose a cookie, nothing more.
pub(super) fn uses_suffixed_cookies(
    suffixed: &CookiePair,
    plain: &CookiePair,
    frontend_api: &str,
    instance_type: InstanceType,
    now_ms: i64,
) -> bool {
    let plain_claims = plain.session.as_deref().map(unverified_payload);
    if let Some(claims) = &plain_claims {
        match claims
            .as_ref()
            .and_then(|claims| claims.get("iss"))
            .filter(|iss| is_truthy(iss))
        {
            None => return false,
            Some(Value::String(iss)) if names_host(iss, frontend_api) => {}
            Some(_) => return true,
        }
    }
    if suffixed.client_uat.is_none() && suffixed.session.is_none() {
        return false;
    }
    let suffixed_claims = suffixed.session.as_deref().and_then(unverified_payload);
    let plain_iat = number(plain_claims.flatten().as_ref(), "iat").unwrap_or(0.0);
    let suffixed_iat = number(suffixed_claims.as_ref(), "iat").unwrap_or(0.0);
    let is_zero = |uat: &Option<String>| uat.as_deref() == Some("0");
    let (suffixed_zero, plain_zero) = (is_zero(&suffixed.client_uat), is_zero(&plain.client_uat));
    if !suffixed_zero && !plain_zero && plain_iat > suffixed_iat {
        return false;
    }
    if suffixed_zero && !plain_zero {
        return false;
    }
    if instance_type == InstanceType::Development && !suffixed_zero && plain_zero {
        let expired = |exp: f64| exp <= now_ms.div_euclid(1000) as f64;
        if number(suffixed_claims.as_ref(), "exp").is_some_and(expired) {
            return false;
        }
    }
    suffixed.client_uat.is_some() || suffixed.session.is_none()
}

fn number(claims: Option<&Value>, name: &str) -> Option<f64> {
    claims?.get(name)?.as_f64()
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
    loop {
        let lower = rest
            .get(..8)
            .or(rest.get(..7))
            .unwrap_or(rest)
            .to_ascii_lowercase();
        if lower.starts_with("https://") {
            rest = &rest[8..];
        } else if lower.starts_with("http://") {
            rest = &rest[7..];
        } else {
            return rest == host;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
                session: Some(session.clone()),
                client_uat: None,
            };
            let suffixed = CookiePair::default();
            let chosen =
                uses_suffixed_cookies(&suffixed, &plain, "clerk.app.test", InstanceType::Production, 0);
            assert_eq!(chosen, expected, "{session}");
        }
    }

    #[test]
    fn issuer_is_compared_without_schemes() {
        assert!(names_host("https://clerk.example.org", "clerk.example.org"));
        assert!(names_host("HTTP://clerk.example.org", "clerk.example.org"));
        assert!(names_host("clerk.example.org", "clerk.example.org"));
        assert!(!names_host("https://clerk.example.org/", "clerk.example.org"));
        assert!(!names_host("https://\u{e9}vil", "clerk.example.org"));
    }
}
