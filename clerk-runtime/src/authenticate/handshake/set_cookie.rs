//! Cookies that Clerk hands over for the browser: `Set-Cookie` values in a handshake or a refresh (RFC 6265 §4.1).
//!
//! They are the browser's only if they are Clerk's own cookies; what else they might say does not get out.

use http::HeaderValue;

use crate::Deviation;
use crate::protocol;

/// What Clerk handed over.
#[derive(Debug, Default)]
pub(in crate::authenticate) struct HandshakeCookies {
    pub(in crate::authenticate) set_cookie: Vec<HeaderValue>,
    /// The value of the last cookie whose name begins like the session's; empty if Clerk cleared it or sent none.
    pub(in crate::authenticate) session_token: String,
    /// Whether some of it was left out or written otherwise.
    pub(in crate::authenticate) deviation: Option<Deviation>,
}

/// Something that no header can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::authenticate) struct NotAHeader;

impl HandshakeCookies {
    pub(in crate::authenticate) fn read(
        directives: &[String],
        cookie_suffix: &str,
    ) -> Result<Self, NotAHeader> {
        let mut read = Self::default();
        for set_cookie in directives {
            if !set_cookie
                .chars()
                .all(|c| matches!(c, '\t' | ' '..='~' | '\u{80}'..='\u{ff}'))
            {
                return Err(NotAHeader);
            }
            let pair = set_cookie.split(';').next().unwrap_or_default();
            let mut parts = pair.split('=');
            let (name, value) = (parts.next().unwrap_or_default(), parts.next());
            let written = sanitize(set_cookie, cookie_suffix);
            if name.starts_with(protocol::SESSION) {
                // A session in a cookie that is not set would not last, so it is none.
                let value = value.filter(|_| written.is_some());
                read.session_token = value.unwrap_or_default().to_owned();
            }
            if written.as_deref() != Some(set_cookie) {
                read.deviation = Some(Deviation::HandshakeDirective);
            }
            if let Some(mut value) = written.and_then(|written| HeaderValue::try_from(written).ok()) {
                value.set_sensitive(true);
                read.set_cookie.push(value);
            }
        }
        Ok(read)
    }
}

/// The directive put together from its parts, or nothing if it sets no cookie of Clerk's.
fn sanitize(set_cookie: &str, cookie_suffix: &str) -> Option<String> {
    let mut parts = set_cookie.split(';');
    let (name, value) = parts.next()?.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    if !is_clerks(name, cookie_suffix) || !value.bytes().all(is_cookie_octet) {
        return None;
    }
    let mut written = format!("{name}={value}");
    for attribute in parts {
        let attribute = attribute.trim();
        let (name, value) = match attribute.split_once('=') {
            Some((name, value)) => (name.trim(), Some(value.trim())),
            None => (attribute, None),
        };
        if is_attribute(name, value) {
            written.push_str("; ");
            written.push_str(name);
            if let Some(value) = value {
                written.push('=');
                written.push_str(value);
            }
        }
    }
    Some(written)
}

fn is_clerks(name: &str, cookie_suffix: &str) -> bool {
    const NAMES: [&str; 7] = [
        protocol::SESSION,
        protocol::CLIENT_UAT,
        protocol::REFRESH,
        protocol::DEV_BROWSER,
        protocol::HANDSHAKE,
        protocol::HANDSHAKE_NONCE,
        protocol::REDIRECT_COUNT,
    ];
    NAMES.iter().any(|own| {
        name.strip_prefix(own)
            .is_some_and(|rest| rest.is_empty() || rest.strip_prefix('_') == Some(cookie_suffix))
    })
}

fn is_attribute(name: &str, value: Option<&str>) -> bool {
    let is = |expected: &str| name.eq_ignore_ascii_case(expected);
    match value {
        None => is("Secure") || is("HttpOnly") || is("Partitioned"),
        Some(value) if is("Path") => {
            value.starts_with('/') && value.bytes().all(|byte| byte.is_ascii_graphic())
        }
        Some(value) if is("Domain") => {
            let is_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
            !value.is_empty() && value.bytes().all(is_host)
        }
        Some(value) if is("Max-Age") => {
            let digits = value.strip_prefix('-').unwrap_or(value);
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        }
        Some(value) if is("Expires") => {
            let is_date = |byte: u8| byte.is_ascii_alphanumeric() || b" ,:-+".contains(&byte);
            !value.is_empty() && value.bytes().all(is_date)
        }
        Some(value) if is("SameSite") => ["Strict", "Lax", "None"]
            .iter()
            .any(|one| value.eq_ignore_ascii_case(one)),
        Some(_) => false,
    }
}

/// RFC 6265 §4.1.1.
fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(directives: &[&str]) -> Result<(Vec<String>, String, bool), NotAHeader> {
        let directives: Vec<String> = directives.iter().map(|one| (*one).to_owned()).collect();
        let read = HandshakeCookies::read(&directives, "ZfWrcLFJ")?;
        let cookies = read
            .set_cookie
            .iter()
            .map(|value| value.to_str().unwrap().to_owned());
        Ok((cookies.collect(), read.session_token, read.deviation.is_some()))
    }

    #[test]
    fn clerks_cookies_pass_as_they_are() {
        for set_cookie in [
            "__session=a.b.c; Path=/; SameSite=Lax; Max-Age=60",
            "__session_ZfWrcLFJ=a.b.c; Path=/; Domain=example.org; Secure; HttpOnly",
            "__client_uat=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
            "__refresh_ZfWrcLFJ=abc; path=/; secure; httponly; samesite=none; Partitioned",
            "__clerk_db_jwt=dvb_1",
            "__clerk_handshake=; Max-Age=-1",
        ] {
            let (cookies, _, deviates) = read(&[set_cookie]).unwrap();
            assert_eq!(
                (cookies.as_slice(), deviates),
                (&[set_cookie.to_owned()][..], false)
            );
        }
    }

    #[test]
    fn nothing_else_gets_out() {
        for (set_cookie, expected) in [
            ("evil=1; Domain=example.test", None),
            ("__sessionEVIL=1", None),
            ("__session_other123=1", None),
            ("__SESSION=1", None),
            ("__session", None),
            ("__session=a b", None),
            ("__session=1;Path=/", Some("__session=1; Path=/")),
            (
                "__session=1; Path=/; Evil=1; Secure=yes",
                Some("__session=1; Path=/"),
            ),
            (
                "__session=1; Path=x; Domain=a b; Max-Age=soon; SameSite=Maybe",
                Some("__session=1"),
            ),
        ] {
            let (cookies, _, deviates) = read(&[set_cookie]).unwrap();
            assert_eq!(cookies.first().map(String::as_str), expected, "{set_cookie}");
            assert!(deviates, "{set_cookie}");
        }
        for set_cookie in [
            "__session=1\r\nSet-Cookie: evil=1",
            "__session=1\0",
            "__session=\u{20ac}",
        ] {
            assert_eq!(read(&[set_cookie]), Err(NotAHeader), "{set_cookie:?}");
        }
    }

    #[test]
    fn the_last_cookie_that_begins_like_the_session_s_is_the_session() {
        for (directives, expected) in [
            (&["__session=a", "__session_ZfWrcLFJ=b"][..], "b"),
            (&["__session_ZfWrcLFJ=b", "__session=; Max-Age=0"], ""),
            (&["__session=a", "__client_uat=1"], "a"),
            (&["__session=a", "__sessionEVIL=b"], ""),
            (&["__session=a=b"], "a"),
            (&[], ""),
        ] {
            assert_eq!(read(directives).unwrap().1, expected, "{directives:?}");
        }
    }
}
