use http::uri::Authority;

use crate::params::encoded;

/// An address of an application on this machine, to which a browser may be sent.
///
/// Anything else is refused, so that an instance sends nobody elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RedirectUrl {
    secure: bool,
    authority: String,
    path: String,
    query: String,
    fragment: Option<String>,
}

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RedirectError {
    #[error("the address is not of the form `http://localhost:3000/path`")]
    Form,
    #[error(
        "the address is not on this machine: a local instance redirects to localhost, *.localhost, 127.0.0.1 and [::1] only"
    )]
    Host,
}

impl RedirectUrl {
    pub(crate) fn parse(text: &str) -> Result<Self, RedirectError> {
        // A browser takes a backslash for a slash and drops tabs and line feeds.
        if !text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
            return Err(RedirectError::Form);
        }
        let (scheme, rest) = text.split_once("://").ok_or(RedirectError::Form)?;
        let secure = if scheme.eq_ignore_ascii_case("https") {
            true
        } else if scheme.eq_ignore_ascii_case("http") {
            false
        } else {
            return Err(RedirectError::Form);
        };
        let (rest, fragment) = match rest.split_once('#') {
            Some((rest, fragment)) => (rest, Some(fragment.to_owned())),
            None => (rest, None),
        };
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let parsed: Authority = authority.parse().map_err(|_| RedirectError::Form)?;
        let has_odd_port = parsed.host() != authority && parsed.port_u16().is_none();
        if has_odd_port && !authority.contains('@') {
            return Err(RedirectError::Form);
        }
        if authority.contains('@') || !is_loopback(parsed.host()) {
            return Err(RedirectError::Host);
        }
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        Ok(Self {
            secure,
            authority: authority.to_ascii_lowercase(),
            path: if path.is_empty() { "/" } else { path }.to_owned(),
            query: query.to_owned(),
            fragment,
        })
    }

    pub(crate) fn is_secure(&self) -> bool {
        self.secure
    }

    /// Scheme, host and port, as in an `Origin` header.
    pub(crate) fn origin(&self) -> String {
        let scheme = if self.secure { "https" } else { "http" };
        format!("{scheme}://{}", self.authority)
    }

    /// Whether the host is this domain or one below it.
    pub(crate) fn is_within(&self, domain: &str) -> bool {
        let host = self.authority.split(':').next().unwrap_or_default();
        host.strip_suffix(domain)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    /// The same address with a parameter in its query, instead of those that had this name.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        let mut pairs: Vec<_> = self
            .query
            .split('&')
            .filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(name))
            .map(str::to_owned)
            .collect();
        pairs.push(format!("{name}={}", encoded(value)));
        self.query = pairs.join("&");
        self
    }
}

impl std::fmt::Display for RedirectUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.origin(), self.path)?;
        if !self.query.is_empty() {
            write!(f, "?{}", self.query)?;
        }
        match &self.fragment {
            Some(fragment) => write!(f, "#{fragment}"),
            None => Ok(()),
        }
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]") || host.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_on_this_machine_are_taken_and_kept() {
        for (text, expected) in [
            ("http://localhost:3000", "http://localhost:3000/"),
            ("HTTP://LocalHost:3000/A?b=C#d", "http://localhost:3000/A?b=C#d"),
            ("https://shop.app.localhost/x", "https://shop.app.localhost/x"),
            ("http://127.0.0.1:1/?a=b&c", "http://127.0.0.1:1/?a=b&c"),
            ("http://[::1]:1?a", "http://[::1]:1/?a"),
        ] {
            assert_eq!(RedirectUrl::parse(text).unwrap().to_string(), expected);
        }
    }

    #[test]
    fn other_addresses_are_refused() {
        for text in [
            "",
            "/path",
            "//localhost/",
            "javascript:alert(1)",
            "ftp://localhost/",
            "http://evil.example/",
            "http://localhost.evil.example/",
            "http://evillocalhost/",
            "http://localhost@evil.example/",
            "http://evil.example#@localhost/",
            "http://evil.example\\.localhost/",
            "http://localhost\\@evil.example",
            "http://evil.example?.localhost",
            "http://127.0.0.2/",
            "http:/localhost/",
            "http://",
            "http://local host/",
            "http://localhost/\r\nx",
            "http://user@localhost/",
            "http://localhost:x/",
        ] {
            assert!(RedirectUrl::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn parameters_replace_those_of_their_name() {
        let url = RedirectUrl::parse("http://localhost/p?a=1&__clerk_synced=false&b=2#f").unwrap();
        assert_eq!(
            url.with("__clerk_synced", "tr&e").to_string(),
            "http://localhost/p?a=1&b=2&__clerk_synced=tr%26e#f"
        );
    }

    #[test]
    fn domains_hold_their_subdomains_only() {
        let url = |text| RedirectUrl::parse(text).unwrap();
        assert!(url("http://app.localhost:1/").is_within("app.localhost"));
        assert!(url("http://x.app.localhost/").is_within("app.localhost"));
        assert!(!url("http://myapp.localhost/").is_within("app.localhost"));
        assert!(!url("http://localhost/").is_within("app.localhost"));
    }
}
