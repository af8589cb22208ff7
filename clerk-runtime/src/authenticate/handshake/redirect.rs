//! Sending a browser to somebody who may know whether it has a session.

use http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
use url::Url;

use crate::Deviation;
use crate::auth::AuthReason;
use crate::authenticate::clerk_url;
use crate::authenticate::cookies::RedirectCount;
use crate::authenticate::step::Destination;
use crate::authenticate::view::RequestView;
use crate::authenticate::warnings::ConfigurationWarning;
use crate::protocol;

/// What comes of wanting to redirect.
pub(in crate::authenticate) enum Redirect {
    To(HeaderMap),
    /// The request cannot be redirected, or has been too often; by a rule of this crate, if one is named.
    No(Option<Deviation>),
}

pub(in crate::authenticate) fn redirect(
    view: &RequestView<'_>,
    reason: &AuthReason,
    destination: &Destination,
) -> Redirect {
    let browser = view.browser();
    if !view.can_set_response_headers() || !view.navigation().is_document {
        return Redirect::No(None);
    }
    let cookies = match &browser.cookies {
        Ok(cookies) => cookies,
        Err(deviation) => return Redirect::No(Some(*deviation)),
    };
    // After so many redirects in a row the browser does not keep what it is given.
    let Some(count) = cookies.redirect_count.next() else {
        if let Some(requests) = view.authenticator.count(ConfigurationWarning::RedirectLoop) {
            tracing::warn!(requests, %reason, "a browser is redirected in circles: {}", likely_cause(reason));
        }
        let is_odd = cookies.redirect_count != RedirectCount::Three;
        return Redirect::No(is_odd.then_some(Deviation::RedirectLoop));
    };
    headers(view, reason, destination, count).map_or(Redirect::No(None), Redirect::To)
}

/// Returns what to look at. On a satellite it is hardly ever the keys, which Clerk's SDK names for all other redirects.
fn likely_cause(reason: &AuthReason) -> &'static str {
    match reason {
        AuthReason::SatelliteNeedsSyncing => {
            "is this host configured in the Clerk dashboard as a satellite domain of the production instance, and the sign-in URL on its primary domain? The hosts of preview deployments are neither: give them the keys of a development or staging instance"
        }
        _ => {
            "do publishable key and secret key belong to the same instance, and is this host one of its domains?"
        }
    }
}

fn headers(
    view: &RequestView<'_>,
    reason: &AuthReason,
    destination: &Destination,
    count: f64,
) -> Option<HeaderMap> {
    let browser = view.browser();
    let url = match destination {
        Destination::FrontendApi => to_frontend_api(view, reason)?,
        Destination::PrimaryDomain => {
            let mut url = view.page().sign_in_url.clone()?;
            url.query_pairs_mut()
                .append_pair(protocol::REDIRECT_URL, view.page().clerk_url.as_str());
            url
        }
        Destination::Satellite(url) => {
            let mut url = (**url).clone();
            if let Some(token) = browser.dev_browser() {
                url.query_pairs_mut().append_pair(protocol::DEV_BROWSER, token);
            }
            clerk_url::set_parameter(&mut url, protocol::SYNCED, "true");
            url
        }
    };
    let counter = format!(
        "{}={count}; SameSite=Lax; HttpOnly; Max-Age=2; Path=/",
        protocol::REDIRECT_COUNT
    );
    let mut headers = HeaderMap::new();
    headers.insert(LOCATION, location(&url)?);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(SET_COOKIE, HeaderValue::try_from(counter).ok()?);
    Some(headers)
}

/// A header that may carry the session token or the development browser's, which `Debug` is not to show.
pub(in crate::authenticate) fn location(url: &Url) -> Option<HeaderValue> {
    let mut location = HeaderValue::try_from(url.as_str()).ok()?;
    location.set_sensitive(true);
    Some(location)
}

fn to_frontend_api(view: &RequestView<'_>, reason: &AuthReason) -> Option<Url> {
    let browser = view.browser();
    let mut url = view
        .page()
        .frontend_api
        .as_ref()?
        .join("v1/client/handshake")
        .ok()?;
    let suffixed = browser.cookies.as_ref().is_ok_and(|cookies| cookies.suffixed);
    let mut query = url.query_pairs_mut();
    query
        .append_pair("redirect_url", return_url(view, reason).as_str())
        .append_pair("__clerk_api_version", protocol::API_VERSION)
        .append_pair("suffixed_cookies", if suffixed { "true" } else { "false" })
        .append_pair("__clerk_hs_reason", &reason.as_str())
        .append_pair("format", "nonce");
    if let Some(token) = view.session_token() {
        query.append_pair(protocol::SESSION, token);
    }
    let development = view.is_development();
    if let Some(token) = browser.dev_browser().filter(|_| development) {
        query.append_pair(protocol::DEV_BROWSER, token);
    }
    if let Some(organization) = &view.page().organization {
        query.append_pair("organization_id", &organization.parameter());
    }
    drop(query);
    Some(url)
}

/// The page that was asked for, without what only Clerk put into its query.
fn return_url(view: &RequestView<'_>, reason: &AuthReason) -> Url {
    let mut names = vec![protocol::DEV_BROWSER, protocol::LEGACY_DEV_BROWSER];
    if *reason == AuthReason::SessionTokenMissing {
        // A handshake that was not taken would come back with the browser.
        names.extend([protocol::HANDSHAKE, protocol::HANDSHAKE_NONCE]);
    }
    clerk_url::without_parameters(&view.page().clerk_url, &names)
}
