use std::fmt;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use base64::prelude::{BASE64_URL_SAFE, Engine as _};
use http::{HeaderMap, header};

/// Ten years, in seconds: as good as for ever.
pub(crate) const LASTING: i64 = 315_360_000;

/// One `Set-Cookie` directive (RFC 6265 §4.1), for all paths.
#[derive(Debug, Clone)]
pub(crate) struct SetCookie<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: &'a str,
    pub(crate) domain: Option<&'a str>,
    /// In seconds; 0 removes the cookie.
    pub(crate) max_age: i64,
    pub(crate) http_only: bool,
    pub(crate) secure: bool,
}

impl fmt::Display for SetCookie<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}; Path=/", self.name, self.value)?;
        if let Some(domain) = self.domain {
            write!(f, "; Domain={domain}")?;
        }
        write!(f, "; Max-Age={}; SameSite=Lax", self.max_age)?;
        if self.http_only {
            f.write_str("; HttpOnly")?;
        }
        if self.secure {
            f.write_str("; Secure")?;
        }
        Ok(())
    }
}

/// The end of the names of an instance's cookies: what tells them from those of other instances on the same host.
pub(crate) fn suffix(publishable_key: &str) -> String {
    let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, publishable_key.as_bytes());
    BASE64_URL_SAFE.encode(hash).chars().take(8).collect()
}

/// The value of a cookie that a browser sent.
pub(crate) fn sent(headers: &HeaderMap, name: &str) -> Option<String> {
    let values = headers.get_all(header::COOKIE).into_iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(other, value)| (other == name).then(|| value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_are_clerks() {
        for (key, expected) in [
            ("pk_live_Y2xlcmsuZXhhbXBsZS5vcmck", "ZfWrcLFJ"),
            ("pk_test_Y2xlcmsuZXhhbXBsZS5vcmck", "y_EdXFmu"),
            (
                "pk_test_aGFwcHktb3R0ZXItNDIuY2xlcmsuYWNjb3VudHMuZGV2JA",
                "sAfxoAZ_",
            ),
            (
                "pk_test_aGFwcHktb3R0ZXItNDIuY2xlcmsuYWNjb3VudHMuZGV2JA==",
                "hVFNfHz9",
            ),
        ] {
            assert_eq!(suffix(key), expected);
        }
    }

    #[test]
    fn directives_say_what_is_wanted() {
        let cookie = SetCookie {
            name: "a",
            value: "1",
            domain: None,
            max_age: 0,
            http_only: false,
            secure: false,
        };
        assert_eq!(cookie.to_string(), "a=1; Path=/; Max-Age=0; SameSite=Lax");
        let cookie = SetCookie {
            domain: Some("app.localhost"),
            http_only: true,
            secure: true,
            ..cookie
        };
        assert_eq!(
            cookie.to_string(),
            "a=1; Path=/; Domain=app.localhost; Max-Age=0; SameSite=Lax; HttpOnly; Secure"
        );
    }

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::COOKIE,
            "x__client=1; __client=a=b; __client=c".parse().unwrap(),
        );
        assert_eq!(sent(&headers, "__client").as_deref(), Some("a=b"));
        assert_eq!(sent(&headers, "client"), None);
    }
}
