//! What the endpoints for browsers have in common: which site was asked, by which browser.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::answer::ApiError;
use crate::cookie::{self, LASTING, SetCookie};
use crate::params::Params;
use crate::redirect::RedirectUrl;
use crate::state::Shared;

/// The Frontend API that a browser asked.
#[derive(Debug, Clone, Copy)]
pub(super) enum Site<'a> {
    Development,
    /// In production, that of the domain.
    Primary(&'a str),
    /// In production, that of a satellite's domain.
    Satellite(&'a str),
}

impl<'a> Site<'a> {
    pub(super) fn of(shared: &'a Shared, headers: &HeaderMap) -> Self {
        let Some(domain) = &shared.setup.domain else {
            return Self::Development;
        };
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .unwrap_or_default();
        let host = host
            .rsplit_once(':')
            .map_or(host, |(name, _)| name)
            .to_ascii_lowercase();
        let satellite = shared
            .setup
            .satellites
            .iter()
            .find(|satellite| host.strip_prefix("clerk.") == Some(satellite.as_str()));
        satellite.map_or(Self::Primary(domain), |satellite| Self::Satellite(satellite))
    }

    pub(super) fn domain(self) -> Option<&'a str> {
        match self {
            Self::Development => None,
            Self::Primary(domain) | Self::Satellite(domain) => Some(domain),
        }
    }
}

/// The secret of the browser that asks: the one it sent, if it is known, or a new one.
///
/// In development it comes and goes in addresses, in production in a cookie of the Frontend API's host.
pub(super) fn browser(shared: &Shared, headers: &HeaderMap, params: &Params) -> String {
    let (sent, prefix) = if shared.setup.domain.is_some() {
        (cookie::sent(headers, "__client"), "client_")
    } else {
        (params.first("__clerk_db_jwt").map(str::to_owned), "dvb_")
    };
    let known = sent.filter(|browser| shared.browsers().client(browser).is_some());
    known.unwrap_or_else(|| {
        let browser = shared.ids.fresh(prefix);
        shared.browsers().keep(&browser);
        browser
    })
}

/// The cookie that a browser is known by in production.
pub(super) fn client_cookie(browser: &str) -> String {
    let cookie = SetCookie {
        name: "__client",
        value: browser,
        domain: None,
        max_age: LASTING,
        http_only: true,
        secure: false,
    };
    cookie.to_string()
}

/// The address to go back to, which has to be there.
pub(super) fn redirect_url(params: &Params) -> Result<RedirectUrl, ApiError> {
    optional_redirect_url(params)?
        .ok_or_else(|| ApiError::param("form_param_missing", "redirect_url is missing", "redirect_url"))
}

pub(super) fn optional_redirect_url(params: &Params) -> Result<Option<RedirectUrl>, ApiError> {
    let parsed = params
        .first("redirect_url")
        .filter(|url| !url.is_empty())
        .map(RedirectUrl::parse);
    parsed.transpose().map_err(|error| {
        let message = format!("redirect_url: {error}");
        ApiError::param("form_param_format_invalid", message, "redirect_url")
    })
}

/// Sends a browser on. What leads there is for this browser alone, so that nothing may be stored on the way.
pub(super) fn redirect(
    status: StatusCode,
    location: &str,
    cookies: impl IntoIterator<Item = String>,
) -> Result<Response, ApiError> {
    let unprintable = |_| {
        ApiError::new(
            StatusCode::BAD_REQUEST,
            "bad_request",
            "the address cannot stand in a header",
        )
    };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        header::LOCATION,
        HeaderValue::from_str(location).map_err(unprintable)?,
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for cookie in cookies {
        headers.append(
            header::SET_COOKIE,
            HeaderValue::from_str(&cookie).map_err(unprintable)?,
        );
    }
    Ok(response)
}
