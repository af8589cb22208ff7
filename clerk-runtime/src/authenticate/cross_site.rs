//! Requests that a foreign site made with the browser's cookies.

use http::header::{HeaderName, ORIGIN, UPGRADE};

use super::clerk_url::{self, RequestHead};
use crate::config::{Config, Origin};
use crate::protocol;

/// Returns whether a request that changes something, or opens a web socket, comes from another site than the application's
/// own.
///
/// Browsers say where a request comes from, and no page can make them say otherwise (Fetch Metadata, RFC 6454 §7). The
/// application's own are the host that is asked and the authorized parties. A request that says nothing is not from a
/// browser of these days.
pub(crate) fn is_cross_site(request: RequestHead<'_>, config: &Config) -> bool {
    if request.method.is_safe() && !request.headers.contains_key(UPGRADE) {
        return false;
    }
    let origin = only(request, &ORIGIN);
    let is_allowed = |origin: &str| is_party(origin, config) || is_own_host(origin, request, config);
    match (only(request, &protocol::SEC_FETCH_SITE), origin) {
        (None | Some("none"), None) | (Some("same-origin"), _) => false,
        (Some("cross-site"), Some(origin)) => !is_party(origin, config),
        (_, Some(origin)) => !is_allowed(origin),
        (Some(_), None) => true,
    }
}

/// Returns the value of a header; an empty one if it is there several times or not text, which no browser sends.
fn only<'a>(request: RequestHead<'a>, name: &HeaderName) -> Option<&'a str> {
    let mut values = request.headers.get_all(name).iter();
    let value = values.next()?;
    Some(match values.next() {
        None => value.to_str().unwrap_or_default(),
        Some(_) => "",
    })
}

fn is_party(origin: &str, config: &Config) -> bool {
    let parties = config.rules.authorized_parties.iter().flatten();
    match Origin::parse(origin) {
        Some(origin) => parties
            .into_iter()
            .any(|party| Origin::parse(party).as_ref() == Some(&origin)),
        // The origin of a browser's extension has a scheme that only its browser knows. Every sandboxed page is `null`.
        // An unreadable origin is empty.
        None => !matches!(origin, "" | "null") && parties.into_iter().any(|party| party == origin),
    }
}

fn is_own_host(origin: &str, request: RequestHead<'_>, config: &Config) -> bool {
    let own = clerk_url::with_named_host(request, config.domains.trusts_forwarded_headers);
    match (Origin::parse(origin), own.as_ref().and_then(Origin::of)) {
        (Some(origin), Some(own)) => origin.is_same_host(&own),
        _ => false,
    }
}

/// Returns the origin that a request was made to.
#[cfg(feature = "axum")]
pub(crate) fn origin_asked_for(request: RequestHead<'_>, config: &Config) -> String {
    clerk_url::origin(&clerk_url::from_request(
        request,
        config.domains.trusts_forwarded_headers,
    ))
}
