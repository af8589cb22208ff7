//! The URL that the browser asked for, as far as this process can know it.

use http::request::Parts;
use http::{HeaderMap, HeaderName, Method, Uri, header};
use url::Url;

use crate::protocol;

/// Puts the URL together from scheme, host and path. Forwarded headers count only if the application trusts them, and
/// then set scheme and host: the path is never resolved against anything.
pub(super) fn from_request(request: RequestHead<'_>, trusts_forwarded_headers: bool) -> Url {
    let scheme = request.uri.scheme_str().unwrap_or("http");
    let host = text(request.headers, &header::HOST)
        .or_else(|| request.uri.authority().map(|authority| authority.as_str()));
    let path = request.uri.path_and_query().map_or("/", |path| path.as_str());
    let received = || at(scheme, host?, path);
    let forwarded = || {
        if !trusts_forwarded_headers {
            return None;
        }
        let host = first_value(request.headers, &protocol::FORWARDED_HOST);
        let scheme = first_value(request.headers, &protocol::FORWARDED_PROTO);
        if host.is_none() && scheme.is_none() {
            return None;
        }
        at(
            scheme.unwrap_or_else(|| request.uri.scheme_str().unwrap_or("http")),
            host.or_else(|| text(request.headers, &header::HOST))?,
            path,
        )
    };
    forwarded()
        .or_else(received)
        .or_else(|| at("http", "localhost", path))
        .unwrap_or_else(nowhere)
}

/// The origin of a URL, as browsers write it.
pub(super) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// The URL without some of its parameters, and the others written anew as a form, as `URLSearchParams` does.
pub(super) fn without_parameters(url: &Url, names: &[&str]) -> Url {
    let kept: Vec<_> = url
        .query_pairs()
        .filter(|(name, _)| !names.contains(&&**name))
        .collect();
    let mut stripped = url.clone();
    if kept.is_empty() {
        stripped.set_query(None);
    } else {
        stripped.query_pairs_mut().clear().extend_pairs(kept);
    }
    stripped
}

/// Puts one parameter in place of all of its name.
pub(super) fn set_parameter(url: &mut Url, name: &str, value: &str) {
    let mut pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    match pairs.iter().position(|(found, _)| found == name) {
        Some(first) => {
            pairs[first].1 = value.to_owned();
            let mut at = 0;
            pairs.retain(|(found, _)| {
                at += 1;
                at - 1 <= first || found != name
            });
        }
        None => pairs.push((name.to_owned(), value.to_owned())),
    }
    url.query_pairs_mut().clear().extend_pairs(pairs);
}

fn at(scheme: &str, host: &str, path: &str) -> Option<Url> {
    // A host is a name or address with a port, and nothing that a parser would take for more.
    let is_host = |byte: u8| byte > b' ' && !b"/\\?#@".contains(&byte);
    let is_web = ["http", "https"]
        .iter()
        .any(|one| scheme.eq_ignore_ascii_case(one));
    if !is_web || host.is_empty() || !host.bytes().all(is_host) {
        return None;
    }
    let path = if path.starts_with('/') { path } else { "/" };
    Url::parse(&format!("{scheme}://{host}{path}")).ok()
}

fn nowhere() -> Url {
    Url::parse("http://localhost/").expect("a constant that is a URL")
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().filter(|value| !value.is_empty())
}

/// The first of comma-separated values.
fn first_value<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.split(',').next()?.trim()).filter(|value| !value.is_empty())
}

/// The parts of a request that say where it comes from and where it goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RequestHead<'a> {
    #[cfg_attr(
        not(feature = "axum"),
        expect(dead_code, reason = "only the cross-site check reads it")
    )]
    pub(crate) method: &'a Method,
    pub(crate) uri: &'a Uri,
    pub(crate) headers: &'a HeaderMap,
}

impl<'a> From<&'a Parts> for RequestHead<'a> {
    fn from(parts: &'a Parts) -> Self {
        Self {
            method: &parts.method,
            uri: &parts.uri,
            headers: &parts.headers,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url_of(target: &str, headers: &[(&str, &str)], trusts: bool) -> String {
        let mut request = http::Request::get(target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        from_request((&request.body(()).unwrap().into_parts().0).into(), trusts).to_string()
    }

    #[test]
    fn scheme_and_host_come_from_the_request() {
        for (target, headers, expected) in [
            (
                "/a?b=c",
                &[("host", "app.test:3000")][..],
                "http://app.test:3000/a?b=c",
            ),
            ("/", &[("host", "APP.test:80")], "http://app.test/"),
            (
                "//evil.test/p",
                &[("host", "app.test")],
                "http://app.test//evil.test/p",
            ),
            ("/a/../b", &[("host", "app.test")], "http://app.test/b"),
            ("https://app.test/a", &[], "https://app.test/a"),
            (
                "https://one.test/a",
                &[("host", "two.test")],
                "https://two.test/a",
            ),
            ("/a", &[("host", "evil.test/x?")], "http://localhost/a"),
            ("/a", &[("host", "user@evil.test")], "http://localhost/a"),
            ("/a", &[], "http://localhost/a"),
        ] {
            assert_eq!(url_of(target, headers, false), expected, "{target} {headers:?}");
        }
    }

    #[test]
    fn forwarded_headers_count_only_when_trusted() {
        let forwarded = [
            ("host", "inner"),
            ("x-forwarded-host", "app.test, evil.test"),
            ("x-forwarded-proto", "https"),
        ];
        assert_eq!(url_of("/a", &forwarded, false), "http://inner/a");
        assert_eq!(url_of("/a", &forwarded, true), "https://app.test/a");
        assert_eq!(
            url_of("//evil.test/p", &forwarded, true),
            "https://app.test//evil.test/p"
        );
        let only_proto = [("host", "app.test"), ("x-forwarded-proto", "https")];
        assert_eq!(url_of("/a", &only_proto, true), "https://app.test/a");
        let odd = [("host", "app.test"), ("x-forwarded-proto", "javascript")];
        assert_eq!(url_of("/a", &odd, true), "http://app.test/a");
    }

    #[test]
    fn parameters_are_removed_and_replaced() {
        let url = Url::parse("https://app.test/?a=1&b=x%20y&a=2").unwrap();
        assert_eq!(
            without_parameters(&url, &["a"]).as_str(),
            "https://app.test/?b=x+y"
        );
        assert_eq!(
            without_parameters(&url, &["a", "b"]).as_str(),
            "https://app.test/"
        );
        let mut url = url;
        set_parameter(&mut url, "a", "3");
        assert_eq!(url.as_str(), "https://app.test/?a=3&b=x+y");
        set_parameter(&mut url, "c", "");
        assert_eq!(url.as_str(), "https://app.test/?a=3&b=x+y&c=");
    }
}
