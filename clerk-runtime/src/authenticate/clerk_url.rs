//! The URL that the browser asked for, as far as this process can know it.

use http::request::Parts;
use http::uri::Authority;
use http::{Extensions, HeaderMap, HeaderName, Method, Uri, header};
use url::Url;

use crate::config::{is_host, web_scheme};
use crate::protocol;

/// Returns the URL that the browser asked for, put together from scheme, host and path. A request that names no host has
/// `localhost`.
pub(super) fn from_request(request: RequestHead<'_>, trusts_forwarded_headers: bool) -> Url {
    with_named_host(request, trusts_forwarded_headers)
        .or_else(|| {
            at(
                scheme(request, trusts_forwarded_headers),
                "localhost",
                path(request),
            )
        })
        .unwrap_or_else(nowhere)
}

/// Returns the same URL if the request names a host.
///
/// Forwarded headers count only if the application trusts them. They set scheme and host, each by itself: the path is never
/// resolved against anything. What cannot be a scheme or a host is passed over.
pub(super) fn with_named_host(request: RequestHead<'_>, trusts_forwarded_headers: bool) -> Option<Url> {
    let hosts = [
        forwarded(request, trusts_forwarded_headers, &protocol::FORWARDED_HOST),
        text(request.headers, &header::HOST),
        request.uri().authority().map(Authority::as_str),
    ];
    let (scheme, path) = (scheme(request, trusts_forwarded_headers), path(request));
    let mut urls = hosts
        .into_iter()
        .flatten()
        .filter_map(|host| at(scheme, host, path));
    urls.next()
}

fn scheme(request: RequestHead<'_>, trusts_forwarded_headers: bool) -> &'static str {
    forwarded(request, trusts_forwarded_headers, &protocol::FORWARDED_PROTO)
        .and_then(web_scheme)
        .or_else(|| web_scheme(request.uri().scheme_str()?))
        .unwrap_or("http")
}

fn path(request: RequestHead<'_>) -> &str {
    request.uri().path_and_query().map_or("/", |path| path.as_str())
}

fn forwarded<'a>(
    request: RequestHead<'a>,
    trusts_forwarded_headers: bool,
    name: &HeaderName,
) -> Option<&'a str> {
    first_value(request.headers, name).filter(|_| trusts_forwarded_headers)
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
    let path = if path.starts_with('/') { path } else { "/" };
    is_host(host)
        .then(|| Url::parse(&format!("{scheme}://{host}{path}")).ok())
        .flatten()
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
    pub(crate) method: &'a Method,
    pub(crate) headers: &'a HeaderMap,
    uri: &'a Uri,
    #[cfg_attr(
        not(feature = "original-uri"),
        expect(dead_code, reason = "only axum's routers leave an address there")
    )]
    extensions: &'a Extensions,
}

impl<'a> RequestHead<'a> {
    #[cfg(feature = "axum")]
    pub(crate) fn new(
        method: &'a Method,
        uri: &'a Uri,
        headers: &'a HeaderMap,
        extensions: &'a Extensions,
    ) -> Self {
        Self {
            method,
            headers,
            uri,
            extensions,
        }
    }

    /// Returns the target that the request had when it reached the outermost router: a nested router is given only the rest
    /// of the path.
    pub(super) fn uri(&self) -> &'a Uri {
        #[cfg(feature = "original-uri")]
        if let Some(axum::extract::OriginalUri(uri)) = self.extensions.get() {
            return uri;
        }
        self.uri
    }
}

impl<'a> From<&'a Parts> for RequestHead<'a> {
    fn from(parts: &'a Parts) -> Self {
        Self {
            method: &parts.method,
            headers: &parts.headers,
            uri: &parts.uri,
            extensions: &parts.extensions,
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
