//! Requests that a foreign site made with the browser's cookies.

use http::header::{HeaderName, ORIGIN, UPGRADE};

use super::clerk_url;
use super::clerk_url::RequestHead;
use crate::config::{Config, origin_of};
use crate::protocol;

/// Whether a request that changes something, or opens a web socket, comes from another site than the application's own.
///
/// Browsers say where a request comes from, and no page can make them say otherwise (Fetch Metadata, RFC 6454 §7). The
/// application's own are the host that is asked and the authorized parties. A request that says nothing is not from a
/// browser of these days.
pub(crate) fn is_cross_site(request: RequestHead<'_>, config: &Config) -> bool {
    if request.method.is_safe() && !request.headers.contains_key(UPGRADE) {
        return false;
    }
    let header = |name: &HeaderName| {
        request
            .headers
            .get(name)
            .map(|value| value.to_str().unwrap_or_default())
    };
    let origin = header(&ORIGIN);
    let is_party = |origin: &str| {
        let parties = config.rules.authorized_parties.iter().flatten();
        parties.into_iter().any(|party| party == origin)
    };
    let is_own_host = |origin: &str| {
        let own = clerk_url::from_request(request, config.domains.trusts_forwarded_headers);
        origin_of(origin).is_some_and(|origin| {
            // A proxy that ends TLS changes the scheme, not the host.
            let host = |origin: &str| origin.split_once("://").map(|(_, host)| host.to_owned());
            host(&origin) == host(&clerk_url::origin(&own))
        })
    };
    match (header(&protocol::SEC_FETCH_SITE), origin) {
        (Some("same-origin" | "none"), _) | (None, None) => false,
        (Some("cross-site"), Some(origin)) => !is_party(origin),
        (_, Some(origin)) => !is_party(origin) && !is_own_host(origin),
        (Some(_), None) => true,
    }
}

/// The origin that a request was made to.
pub(crate) fn origin_asked_for(request: RequestHead<'_>, config: &Config) -> String {
    clerk_url::origin(&clerk_url::from_request(
        request,
        config.domains.trusts_forwarded_headers,
    ))
}
