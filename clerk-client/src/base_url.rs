use std::net::{IpAddr, Ipv6Addr};

use http::Uri;
use http::uri::Authority;

use crate::BuildError;
use crate::path::{Path, is_plain_segment};

/// Where the Backend API is, with its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    /// Without a slash at the end.
    text: String,
    /// How much of the text is not the version.
    unversioned: usize,
    is_loopback: bool,
}

impl BaseUrl {
    pub(crate) fn parse(api_url: &str, api_version: &str) -> Result<Self, BuildError> {
        let uri: Uri = api_url.parse().map_err(|_| BuildError::ApiUrl)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(BuildError::ApiUrl);
        };
        let host = Host::parse(authority).ok_or(BuildError::ApiUrl)?;
        if uri.query().is_some() || api_url.contains('#') {
            return Err(BuildError::ApiUrl);
        }
        let is_loopback = host.is_loopback();
        if scheme != "https" && !(scheme == "http" && is_loopback) {
            return Err(BuildError::Insecure);
        }
        let path = uri.path().trim_end_matches('/');
        if !path.split('/').skip(1).all(is_plain_segment) {
            return Err(BuildError::ApiUrl);
        }
        if !is_plain_segment(api_version) {
            return Err(BuildError::ApiVersion);
        }
        let mut text = format!("{scheme}://{authority}{path}");
        let unversioned = text.len();
        text.push('/');
        text.push_str(api_version);
        Ok(Self {
            text,
            unversioned,
            is_loopback,
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The host, with its port if the address has one.
    pub(crate) fn host(&self) -> &str {
        let rest = self.text.split_once("://").map_or("", |(_, rest)| rest);
        rest.split('/').next().unwrap_or_default()
    }

    /// The whole address of a path.
    pub(crate) fn with(&self, path: &Path) -> String {
        let base = if path.is_versioned() {
            &self.text
        } else {
            &self.text[..self.unversioned]
        };
        format!("{base}{}", path.as_str())
    }

    /// Whether the address is on this machine.
    #[cfg(feature = "reqwest")]
    pub(crate) fn is_loopback(&self) -> bool {
        self.is_loopback
    }
}

/// Only forms that every parser of addresses reads alike, so that the host that was checked is the one that is asked:
/// browsers and HTTP clients take `127.1`, `0x7f000001` and `2130706433` for addresses, others for names.
enum Host<'a> {
    Address(IpAddr),
    Name(&'a str),
}

impl<'a> Host<'a> {
    fn parse(authority: &'a Authority) -> Option<Self> {
        let host = authority.host();
        let rest = authority.as_str().strip_prefix(host)?;
        if !rest.is_empty() && authority.port_u16().is_none() {
            return None;
        }
        if let Some(address) = host.strip_prefix('[') {
            let address: Ipv6Addr = address.strip_suffix(']')?.parse().ok()?;
            return Some(Self::Address(address.into()));
        }
        if let Ok(address) = host.parse() {
            return Some(Self::Address(address));
        }
        let is_name = host.split('.').all(is_label) && !host.rsplit('.').next().is_some_and(is_number);
        is_name.then_some(Self::Name(host))
    }

    fn is_loopback(&self) -> bool {
        match self {
            Self::Address(address) => address.is_loopback(),
            Self::Name(name) => name.eq_ignore_ascii_case("localhost"),
        }
    }
}

/// Whether a host that ends in this label is an IPv4 address for some (WHATWG URL, "ends in a number").
fn is_number(label: &str) -> bool {
    label.bytes().all(|byte| byte.is_ascii_digit()) || label.starts_with("0x") || label.starts_with("0X")
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_anywhere_and_http_on_loopback() {
        for (url, expected) in [
            ("https://api.clerk.com", "https://api.clerk.com/v1"),
            (
                "https://bapi.internal.test/base/",
                "https://bapi.internal.test/base/v1",
            ),
            ("http://127.0.0.1:4000", "http://127.0.0.1:4000/v1"),
            ("http://localhost:4000/", "http://localhost:4000/v1"),
            ("http://[::1]:4000", "http://[::1]:4000/v1"),
            ("http://LocalHost", "http://LocalHost/v1"),
            ("http://127.8.9.10", "http://127.8.9.10/v1"),
            ("https://3scale:8443", "https://3scale:8443/v1"),
            ("https://host/base//", "https://host/base/v1"),
        ] {
            assert_eq!(BaseUrl::parse(url, "v1").unwrap().as_str(), expected);
        }
        for (url, expected) in [
            ("http://api.clerk.com", BuildError::Insecure),
            ("http://127.0.0.1.evil.test", BuildError::Insecure),
            ("ftp://api.clerk.com", BuildError::Insecure),
            ("https://user:password@api.clerk.com", BuildError::ApiUrl),
            ("https://api.clerk.com?x=1", BuildError::ApiUrl),
            ("https://api.clerk.com/#x", BuildError::ApiUrl),
            ("https://api.clerk.com/../x", BuildError::ApiUrl),
            ("https://api.clerk.com/a//b", BuildError::ApiUrl),
            ("api.clerk.com", BuildError::ApiUrl),
            ("/v1", BuildError::ApiUrl),
            ("", BuildError::ApiUrl),
            ("http://localhost.evil.test", BuildError::Insecure),
            ("http://evil.test:80", BuildError::Insecure),
            ("http://[::ffff:127.0.0.1]", BuildError::Insecure),
            ("http://0.0.0.0", BuildError::Insecure),
            ("http://127.0.0.1:80@evil.test", BuildError::ApiUrl),
            ("http://127.0.0.1\\@evil.test", BuildError::ApiUrl),
            ("http://[127.0.0.1]", BuildError::ApiUrl),
            ("http://127.1", BuildError::ApiUrl),
            ("http://2130706433", BuildError::ApiUrl),
            ("http://0x7f.1", BuildError::ApiUrl),
            ("http://0X7f000001", BuildError::ApiUrl),
            ("https://1.2.3.999", BuildError::ApiUrl),
            ("https://a..b", BuildError::ApiUrl),
            ("https://a,b", BuildError::ApiUrl),
            ("https://host:", BuildError::ApiUrl),
            ("https://host:99999", BuildError::ApiUrl),
            ("https://host:x", BuildError::ApiUrl),
            ("https://:443", BuildError::ApiUrl),
            ("https://host/%2e%2e", BuildError::ApiUrl),
            ("https:///v1", BuildError::ApiUrl),
        ] {
            assert_eq!(BaseUrl::parse(url, "v1"), Err(expected), "{url}");
        }
    }

    #[test]
    fn a_version_is_one_segment() {
        for version in ["", "..", "../v2", "v1/users", "v1?x", "v%31"] {
            assert_eq!(
                BaseUrl::parse("https://api.clerk.com", version),
                Err(BuildError::ApiVersion),
                "{version}"
            );
        }
    }
}
