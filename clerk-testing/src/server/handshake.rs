use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use serde_json::json as value;

use super::answer::{ApiError, json, not_found};
use super::frontend::{Site, browser, client_cookie, redirect, redirect_url};
use crate::browsers::SyncCode;
use crate::handover::{Carrier, Directives};
use crate::params::{Params, encoded};
use crate::redirect::RedirectUrl;
use crate::state::Shared;

/// How long a browser may take from the primary domain to a satellite, in seconds.
const SYNC_LIFETIME: i64 = 10;

/// `GET /v1/client/handshake`: tells the application who uses a browser, by way of the browser.
pub(super) async fn handshake(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    answer(&shared, &headers, &query).unwrap_or_else(|error| error.into_response(&shared))
}

fn answer(shared: &Shared, headers: &HeaderMap, query: &str) -> Result<Response, ApiError> {
    let params = Params::parse(query);
    let mut redirect_to = redirect_url(&params)?;
    let site = Site::of(shared, headers);
    if let Some(domain) = site.domain()
        && !redirect_to.is_within(domain)
    {
        let message = format!("redirect_url is not within {domain}, where the cookies of a handshake go");
        return Err(ApiError::param(
            "form_param_value_invalid",
            message,
            "redirect_url",
        ));
    }
    let mut cookies = Vec::new();
    let browser = match site {
        Site::Development => browser(shared, headers, &params),
        Site::Primary(_) => {
            let browser = browser(shared, headers, &params);
            cookies.push(client_cookie(&browser));
            browser
        }
        Site::Satellite(domain) => {
            let now = shared.clock.unix_seconds();
            let code = params.first("__clerk_sync_code");
            let Some(browser) = code.and_then(|code| shared.browsers().take_sync_code(code, domain, now))
            else {
                return to_primary(shared, domain, query);
            };
            redirect_to = redirect_to.with("__clerk_synced", "true");
            browser
        }
    };
    if let Some(organization) = params.first("organization_id") {
        shared.switch_organization(&browser, organization);
    }
    let directives = Directives::of_browser(shared, &browser, site.domain(), &redirect_to)
        .map_err(|_| ApiError::unsigned())?;
    hand_over(
        shared,
        site,
        StatusCode::TEMPORARY_REDIRECT,
        redirect_to,
        directives,
        cookies,
    )
}

/// Sends a browser back to an application together with directives: in the address in development, and in production in
/// a cookie of the application's domain.
pub(super) fn hand_over(
    shared: &Shared,
    site: Site<'_>,
    status: StatusCode,
    to: RedirectUrl,
    directives: Vec<String>,
    mut cookies: Vec<String>,
) -> Result<Response, ApiError> {
    let carrier = Carrier::new(shared, directives).map_err(|_| ApiError::unsigned())?;
    let location = match site.domain() {
        None => to.with(carrier.name, &carrier.value),
        Some(domain) => {
            cookies.push(carrier.cookie(domain, to.is_secure()));
            to
        }
    };
    redirect(status, &location.to_string(), cookies)
}

/// Only the primary domain knows the browser, by its cookie.
fn to_primary(shared: &Shared, satellite: &str, query: &str) -> Result<Response, ApiError> {
    let own = shared.origin_of(&format!("clerk.{satellite}"));
    let back = format!("{own}/v1/client/handshake?{query}");
    let location = format!(
        "{}/v1/client/sync?redirect_url={}",
        shared.frontend_url(),
        encoded(&back)
    );
    redirect(StatusCode::TEMPORARY_REDIRECT, &location, None)
}

/// `GET /v1/client/sync`: the primary domain tells a satellite's Frontend API which browser it is talking to.
pub(super) async fn sync(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let params = Params::parse(&query.unwrap_or_default());
    sync_answer(&shared, &headers, &params).unwrap_or_else(|error| error.into_response(&shared))
}

fn sync_answer(shared: &Shared, headers: &HeaderMap, params: &Params) -> Result<Response, ApiError> {
    let back = redirect_url(params)?;
    let satellites = shared.setup.satellites.iter();
    let satellite = satellites
        .into_iter()
        .find(|satellite| back.origin() == shared.origin_of(&format!("clerk.{satellite}")));
    let (Site::Primary(_), Some(satellite)) = (Site::of(shared, headers), satellite) else {
        let message = "redirect_url is not the Frontend API of a satellite domain of this local instance";
        return Err(ApiError::param(
            "form_param_value_invalid",
            message,
            "redirect_url",
        ));
    };
    let browser = browser(shared, headers, params);
    let code = shared.ids.fresh("");
    let expires_at = shared.clock.unix_seconds().saturating_add(SYNC_LIFETIME);
    let what = SyncCode {
        browser: browser.clone(),
        satellite: satellite.clone(),
    };
    shared.browsers().keep_sync_code(code.clone(), what, expires_at);
    let location = back.with("__clerk_sync_code", &code).to_string();
    redirect(
        StatusCode::TEMPORARY_REDIRECT,
        &location,
        [client_cookie(&browser)],
    )
}

/// `GET /v1/clients/handshake_payload`: what the handshake of a nonce told.
pub(super) async fn payload(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(&query.unwrap_or_default());
    let Some(nonce) = params.first("nonce") else {
        return ApiError::param("form_param_missing", "nonce is missing", "nonce").into_response(&shared);
    };
    let now = shared.clock.unix_seconds();
    let directives = shared.browsers().take_nonce(nonce, now);
    directives.map_or_else(
        || not_found(&shared, "handshake nonce, or it was used or has expired"),
        |directives| json(value!({ "directives": directives })),
    )
}
