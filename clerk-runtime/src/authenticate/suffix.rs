//! Whether the suffixed or the plain cookies speak for the instance.

use std::borrow::Cow;

use super::hints::{HintReader, Issuer};
use super::session_cookie::SessionCookie;
use crate::key::InstanceType;

/// The cookies that the choice is made from.
#[derive(Debug, Default)]
pub(super) struct CookiePair<'a> {
    pub(super) session: Option<SessionCookie<'a>>,
    pub(super) client_uat: Option<Cow<'a, str>>,
}

/// Clerk's decision table, first match wins. The claims looked at are unverified: they choose a cookie, nothing more.
pub(super) fn uses_suffixed_cookies(
    suffixed: &CookiePair<'_>,
    plain: &CookiePair<'_>,
    instance_type: InstanceType,
    hints: HintReader<'_>,
) -> bool {
    let of_plain = plain.session.as_ref().map(|token| hints.at(token));
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
    let of_suffixed = match suffixed.session.as_ref() {
        Some(token) if plain.session.as_ref() == Some(token) => of_plain,
        Some(token) => hints.at(token),
        None => None,
    };
    let plain_iat = of_plain.and_then(|hints| hints.iat).unwrap_or(0.0);
    let suffixed_iat = of_suffixed.and_then(|hints| hints.iat).unwrap_or(0.0);
    let is_zero = |uat: &Option<Cow<'_, str>>| uat.as_deref() == Some("0");
    let (suffixed_zero, plain_zero) = (is_zero(&suffixed.client_uat), is_zero(&plain.client_uat));
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
                session: Some(SessionCookie::Unseen(session.as_str().into())),
                client_uat: None,
            };
            let suffixed = CookiePair::default();
            let hints = HintReader {
                verifier: None,
                clock: &SystemClock,
                issuing_host: "clerk.app.test",
            };
            let chosen = uses_suffixed_cookies(&suffixed, &plain, InstanceType::Production, hints);
            assert_eq!(chosen, expected, "{session}");
        }
    }
}
