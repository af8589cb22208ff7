//! Finds Clerk's cookies in a request. Only their names are looked at.

use http::HeaderMap;
use http::header::COOKIE;

use crate::key::PublishableKey;
use crate::protocol;

/// Lists Clerk's cookies in a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::authenticate) struct CookieFacts {
    pub(super) session: bool,
    pub(super) client_uat: bool,
    pub(super) dev_browser: bool,
    /// Set if there is a session cookie with the suffix of another publishable key.
    other_session: bool,
    /// Set if there is a cookie with the suffix of this publishable key.
    own_suffix: bool,
    /// The names of Clerk's cookies, without values.
    pub(super) names: Vec<String>,
}

impl CookieFacts {
    /// Reads the names of the cookies.
    pub(super) fn read(headers: &HeaderMap, key: &PublishableKey) -> Self {
        /// The most cookies that are looked at.
        const MAX_PAIRS: usize = 128;
        const CLERKS: [&str; 5] = [
            protocol::SESSION,
            protocol::CLIENT_UAT,
            protocol::DEV_BROWSER,
            protocol::REFRESH,
            protocol::HANDSHAKE,
        ];
        let mut facts = Self::default();
        let values = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok());
        for pair in values.flat_map(|value| value.split(';')).take(MAX_PAIRS) {
            let Some((name, value)) = pair.trim().split_once('=') else {
                continue;
            };
            let Some((base, suffix)) = CLERKS
                .iter()
                .find_map(|base| Some((*base, name.strip_prefix(base)?)))
                .filter(|(_, suffix)| suffix.is_empty() || is_suffix(suffix))
            else {
                continue;
            };
            if !facts.names.iter().any(|known| known == name) {
                facts.names.push(name.to_owned());
            }
            let has_own_suffix = suffix.get(1..) == Some(key.cookie_suffix());
            let is_own = suffix.is_empty() || has_own_suffix;
            facts.own_suffix |= has_own_suffix;
            if value.is_empty() {
                continue;
            }
            match (base, is_own) {
                (protocol::SESSION, true) => facts.session = true,
                (protocol::CLIENT_UAT, true) => facts.client_uat = true,
                (protocol::DEV_BROWSER, true) => facts.dev_browser = true,
                (protocol::SESSION, false) => facts.other_session = true,
                _ => {}
            }
        }
        facts
    }

    /// Returns whether another application of the same host has set the cookies: plain ones do not tell whose they are.
    pub(super) fn is_of_other_instance(&self) -> bool {
        self.other_session && !self.own_suffix
    }
}

/// Returns whether this is the underscore and the eight characters of a publishable key's hash.
fn is_suffix(text: &str) -> bool {
    text.len() == 9
        && text.starts_with('_')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn cookies_are_told_by_their_names_alone() {
        let key = PublishableKey::parse("pk_test_Y2xlcmsuYXBwLnRlc3Qk").unwrap();
        let own = format!("__session_{}", key.cookie_suffix());
        for (cookies, session, client_uat, of_other_instance, names) in [
            ("a=b; theme=dark", false, false, false, &[][..]),
            (
                "__session=x; __client_uat=1",
                true,
                true,
                false,
                &["__session", "__client_uat"],
            ),
            (&*format!("{own}=x"), true, false, false, &[&*own]),
            (
                "__session_12345678=x",
                false,
                false,
                true,
                &["__session_12345678"],
            ),
            (
                "__session_12345678=x; __session=y",
                true,
                false,
                true,
                &["__session_12345678", "__session"],
            ),
            (
                &*format!("__client_uat_{}=0; __session_12345678=x", key.cookie_suffix()),
                false,
                true,
                false,
                &[
                    &*format!("__client_uat_{}", key.cookie_suffix()),
                    "__session_12345678",
                ],
            ),
            ("__session=", false, false, false, &["__session"]),
            ("__session_x=y; __sessions=z", false, false, false, &[]),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(COOKIE, HeaderValue::from_str(cookies).unwrap());
            let facts = CookieFacts::read(&headers, &key);
            assert_eq!(
                (
                    facts.session,
                    facts.client_uat,
                    facts.is_of_other_instance(),
                    facts.names
                ),
                (
                    session,
                    client_uat,
                    of_other_instance,
                    names.iter().map(|name| (*name).to_owned()).collect()
                ),
                "{cookies}"
            );
        }
    }
}
