//! Hosts and origins, in the one form in which they are compared.

use std::fmt;

use url::{Host, Url};

/// The origin of a web page (RFC 6454 §4): scheme, host and port.
///
/// Two spellings of one origin are equal: the case of scheme and host, a port that is the scheme's default, the dot at the
/// end of a fully qualified name and the forms of an IPv6 address do not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    scheme: String,
    host: Host,
    port: u16,
}

impl Origin {
    /// Reads the origin of a URL, or the value of an `Origin` header. Returns `None` for an opaque origin, such as `null`.
    pub(crate) fn parse(url: &str) -> Option<Self> {
        Self::of(&Url::parse(url).ok()?)
    }

    /// Returns the origin of a URL; `None` if it is opaque.
    pub(crate) fn of(url: &Url) -> Option<Self> {
        let url::Origin::Tuple(scheme, host, port) = url.origin() else {
            return None;
        };
        let host = match host {
            Host::Domain(name) => Host::Domain(without_dot(&name).to_owned()),
            address @ (Host::Ipv4(_) | Host::Ipv6(_)) => address,
        };
        Some(Self { scheme, host, port })
    }

    /// Returns whether both are of one host and port, whatever their schemes are.
    ///
    /// A proxy that ends TLS changes the scheme, and with it the default port, so the default ports of `http` and `https`
    /// count as one.
    pub(crate) fn is_same_host(&self, other: &Self) -> bool {
        let is_default = |port| matches!(port, 80 | 443);
        self.host == other.host
            && (self.port == other.port || is_default(self.port) && is_default(other.port))
    }

    /// Returns whether the origin's host is this name or below it, whatever its scheme and port are.
    #[cfg(feature = "network")]
    pub(crate) fn is_below(&self, name: &str) -> bool {
        let host = self.host.to_string();
        let name = without_dot(name).to_ascii_lowercase();
        host == name || host.strip_suffix(&*name).is_some_and(|rest| rest.ends_with('.'))
    }

    /// Returns whether the origin's host is this name, whatever its scheme and port are.
    pub(crate) fn is_host(&self, name: &str) -> bool {
        Host::parse(without_dot(name)).is_ok_and(|host| host == self.host)
    }
}

/// As browsers write it in the `Origin` header.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origin = url::Origin::Tuple(self.scheme.clone(), self.host.clone(), self.port);
        f.write_str(&origin.ascii_serialization())
    }
}

/// Returns whether a text is a host with or without a port, as the `Host` header has it (RFC 9110 §7.2).
///
/// Names have letters, digits, `-`, `.` and `_` only. Other characters that RFC 3986 §3.2.2 permits are in no name of the
/// DNS, and quotes or commas among them would have a meaning in the headers that repeat the host.
pub(crate) fn is_host(text: &str) -> bool {
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(rest) = text.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else {
            return false;
        };
        let is_address = !address.is_empty()
            && address
                .bytes()
                .all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'));
        return is_address && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
    }
    let (name, port) = text.split_once(':').unwrap_or((text, ""));
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    !name.is_empty() && name.bytes().all(is_name) && is_port(port)
}

/// Returns the scheme of the page that a request by this scheme belongs to: a WebSocket is opened by a page of the same host
/// (RFC 6455 §3, §10.2). Returns `None` for other schemes.
pub(crate) fn web_scheme(scheme: &str) -> Option<&'static str> {
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "ws" => Some("http"),
        "https" | "wss" => Some("https"),
        _ => None,
    }
}

/// A fully qualified name may end in a dot (RFC 1034 §3.1).
fn without_dot(name: &str) -> &str {
    name.strip_suffix('.').unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(url: &str) -> Origin {
        Origin::parse(url).unwrap_or_else(|| panic!("{url} has no origin"))
    }

    #[test]
    fn spellings_of_one_origin_are_equal() {
        for (one, other) in [
            ("https://app.test", "https://app.test:443"),
            ("http://app.test", "http://app.test:80/"),
            ("https://app.test", "HTTPS://APP.Test/a?b#c"),
            ("https://app.test", "https://app.test."),
            ("https://app.test:8443", "https://app.test.:8443"),
            ("http://[::1]:3000", "http://[0:0:0:0:0:0:0:1]:3000"),
            ("http://127.0.0.1", "http://0x7f.1"),
            ("https://b\u{fc}cher.test", "https://xn--bcher-kva.test"),
        ] {
            assert_eq!(origin(one), origin(other), "{one} {other}");
        }
        for (one, other) in [
            ("https://app.test", "http://app.test"),
            ("https://app.test", "https://app.test:80"),
            ("https://app.test", "https://app.test.."),
            ("https://app.test", "https://www.app.test"),
            ("https://app.test:3000", "https://app.test:3001"),
            ("http://[::1]", "http://[::2]"),
        ] {
            assert_ne!(origin(one), origin(other), "{one} {other}");
        }
        assert_eq!(origin("HTTPS://APP.test.:443/a").to_string(), "https://app.test");
        for opaque in ["null", "", "data:,a", "file:///a", "app.test"] {
            assert_eq!(Origin::parse(opaque), None, "{opaque}");
        }
    }

    #[test]
    fn default_ports_are_one_whatever_the_scheme() {
        let is_same = |one, other| origin(one).is_same_host(&origin(other));
        assert!(is_same("https://app.test", "http://app.test"));
        assert!(is_same("https://app.test", "http://app.test.:443"));
        assert!(is_same("https://app.test:3000", "http://app.test:3000"));
        assert!(!is_same("https://app.test", "https://app.test:8443"));
        assert!(!is_same("https://app.test:8080", "https://app.test:80"));
        assert!(!is_same("https://app.test", "https://app.test.evil.test"));
    }

    #[test]
    fn a_host_is_compared_without_scheme_and_port() {
        for (url, name, expected) in [
            ("https://app.test:8443", "APP.test.", true),
            ("https://app.test.", "app.test", true),
            ("http://127.0.0.1:80", "127.0.0.1", true),
            ("http://[::1]:80", "[0::1]", true),
            ("https://app.test", "www.app.test", false),
            ("https://app.test", "", false),
        ] {
            assert_eq!(origin(url).is_host(name), expected, "{url} {name}");
        }
    }

    #[test]
    fn hosts_have_names_addresses_and_ports() {
        for host in [
            "app.test",
            "app.test.",
            "APP.test:3000",
            "a_b-c.test:",
            "127.0.0.1:80",
            "[::1]",
            "[::1]:3000",
            "[::ffff:10.0.0.1]",
        ] {
            assert!(is_host(host), "{host}");
        }
        for text in [
            "",
            ":80",
            "app.test:8o",
            "app.test:80:80",
            "app.test/",
            "user@app.test",
            "a\",error=\"x",
            "a,b",
            "a b",
            "a%2fb",
            "a;b",
            "[::1",
            "[]",
            "[::1]a",
            "[::1]:8o",
            "[fe80::1%eth0]",
            "::1",
            "b\u{fc}cher.test",
        ] {
            assert!(!is_host(text), "{text}");
        }
    }

    #[test]
    fn schemes_of_web_sockets_are_those_of_their_pages() {
        for (scheme, expected) in [
            ("http", Some("http")),
            ("WS", Some("http")),
            ("Https", Some("https")),
            ("wss", Some("https")),
            ("javascript", None),
            ("", None),
        ] {
            assert_eq!(web_scheme(scheme), expected, "{scheme}");
        }
    }
}
