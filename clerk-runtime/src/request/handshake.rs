//! Sending a browser to Clerk's Frontend API, which knows whether it has a session.

use http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderValue};

use super::authorization::Authorization;
use super::context::{Context, SessionCookies};
use crate::auth::AuthReason;
use crate::key::InstanceType;
use crate::wire;

/// After so many redirects in a row the browser does not keep what the handshake gives it.
const MAX_REDIRECTS: f64 = 3.0;

/// The headers of the redirect, or `None` if this request cannot be sent there or has been too often.
pub(super) fn redirect(
    context: &Context<'_>,
    cookies: &SessionCookies,
    reason: AuthReason,
) -> Option<HeaderMap> {
    let not_looping = (0.0..MAX_REDIRECTS).contains(&cookies.redirect_count);
    if !context.is_document || !not_looping {
        return None;
    }
    let mut location = HeaderValue::try_from(url(context, cookies, reason)).ok()?;
    // It carries the session token and the development browser's: `Debug` is not to show them.
    location.set_sensitive(true);
    let count = cookies.redirect_count + 1.0;
    let counter = format!(
        "{}={count}; SameSite=Lax; HttpOnly; Max-Age=2",
        wire::REDIRECT_COUNT
    );
    let mut headers = HeaderMap::new();
    headers.insert(LOCATION, location);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(SET_COOKIE, HeaderValue::try_from(counter).ok()?);
    Some(headers)
}

fn url(context: &Context<'_>, cookies: &SessionCookies, reason: AuthReason) -> String {
    let base = format!("https://{}/v1/client/handshake?", context.frontend_api);
    let start = base.len();
    let mut query = form_urlencoded::Serializer::for_suffix(base, start);
    query
        .append_pair("redirect_url", &return_url(context))
        .append_pair("__clerk_api_version", wire::API_VERSION)
        .append_pair(
            "suffixed_cookies",
            if cookies.suffixed { "true" } else { "false" },
        )
        .append_pair("__clerk_hs_reason", reason.as_str())
        .append_pair("format", "nonce");
    let header_token = match context.authorization {
        Authorization::Bearer(token) => Some(token),
        Authorization::Absent | Authorization::Invalid(_) => None,
    };
    if let Some(token) = cookies.session.as_deref().or(header_token) {
        query.append_pair(wire::SESSION, token);
    }
    let development = context.instance_type == InstanceType::Development;
    if let Some(token) = context.dev_browser().filter(|_| development) {
        query.append_pair(wire::DEV_BROWSER, token);
    }
    query.finish()
}

/// The page that was asked for, without what only Clerk put into its query.
fn return_url(context: &Context<'_>) -> String {
    let kept = |name: &str| !matches!(name, wire::DEV_BROWSER | wire::LEGACY_DEV_BROWSER);
    let pairs = context.query.iter().filter(|(name, _)| kept(name));
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    if query.is_empty() {
        context.url.clone()
    } else {
        format!("{}?{query}", context.url)
    }
}
