use http::request::Parts;
use http::{Method, header};

use super::authorization::Authorization;
use super::cookies::Cookies;
use super::suffix::{CookiePair, uses_suffixed_cookies};
use crate::Deviation;
use crate::config::Config;
use crate::key::InstanceType;
use crate::wire;

/// Everything that is read from a request, once.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) authorization: Authorization<'a>,
    pub(crate) instance_type: InstanceType,
    pub(crate) cookies: Result<SessionCookies, Deviation>,
    pub(crate) dev_browser_in_query: Option<String>,
    pub(crate) is_get: bool,
    /// Whether the browser can follow a redirect to the handshake.
    pub(crate) is_document: bool,
    pub(crate) frontend_api: &'a str,
    pub(crate) url: String,
    pub(crate) query: Vec<(String, String)>,
}

/// The instance's cookies, after the choice between suffixed and plain ones.
#[derive(Debug, Default)]
pub(crate) struct SessionCookies {
    pub(crate) suffixed: bool,
    pub(crate) session: Option<String>,
    /// Unix seconds of the client's last change; zero when there is no active client.
    pub(crate) client_uat: f64,
    pub(crate) dev_browser: Option<String>,
    pub(crate) has_refresh: bool,
    pub(crate) redirect_count: f64,
}

impl<'a> Context<'a> {
    pub(crate) fn read(parts: &'a Parts, config: &'a Config, now_ms: i64) -> Self {
        let key = &config.publishable_key;
        let query = form_pairs(parts.uri.query().unwrap_or_default());
        Self {
            authorization: Authorization::of(&parts.headers),
            instance_type: key.instance_type(),
            cookies: SessionCookies::read(parts, config, now_ms),
            dev_browser_in_query: query_value(&query, wire::DEV_BROWSER),
            is_get: parts.method == Method::GET,
            is_document: is_document(parts),
            frontend_api: key.frontend_api(),
            url: url_without_query(parts),
            query,
        }
    }

    /// The development browser's token; the query beats the cookie.
    pub(crate) fn dev_browser(&self) -> Option<&str> {
        let cookie = || self.cookies.as_ref().ok()?.dev_browser.as_deref();
        self.dev_browser_in_query.as_deref().or_else(cookie)
    }
}

impl SessionCookies {
    fn read(parts: &Parts, config: &Config, now_ms: i64) -> Result<Self, Deviation> {
        let cookies = Cookies::of(&parts.headers)?;
        let key = &config.publishable_key;
        let suffixed_name = |name: &str| format!("{name}_{}", key.cookie_suffix());
        let suffixed = CookiePair {
            session: cookies.get(&suffixed_name(wire::SESSION))?,
            client_uat: cookies.get(&suffixed_name(wire::CLIENT_UAT))?,
        };
        let plain = CookiePair {
            session: cookies.get(wire::SESSION)?,
            client_uat: cookies.get(wire::CLIENT_UAT)?,
        };
        let use_suffixed =
            uses_suffixed_cookies(&suffixed, &plain, key.frontend_api(), key.instance_type(), now_ms);
        let dev_browser_name = if use_suffixed {
            suffixed_name(wire::DEV_BROWSER)
        } else {
            wire::DEV_BROWSER.to_owned()
        };
        let pair = if use_suffixed { suffixed } else { plain };
        Ok(Self {
            suffixed: use_suffixed,
            session: pair.session,
            client_uat: pair.client_uat.as_deref().map_or(0.0, leading_integer),
            dev_browser: cookies.get(&dev_browser_name)?,
            has_refresh: cookies.get(&suffixed_name(wire::REFRESH))?.is_some(),
            redirect_count: cookies
                .get(wire::REDIRECT_COUNT)?
                .map_or(0.0, |count| whole_number(&count)),
        })
    }
}

/// `parseInt`: an optional sign and digits at the start, zero without any.
fn leading_integer(text: &str) -> f64 {
    let text = text.trim_start();
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let magnitude: f64 = digits[..length].parse().unwrap_or(0.0);
    if text.starts_with('-') {
        -magnitude
    } else {
        magnitude
    }
}

/// A counter that is no number has counted too far already.
fn whole_number(text: &str) -> f64 {
    text.trim().parse().unwrap_or(f64::INFINITY)
}

fn is_document(parts: &Parts) -> bool {
    let value = |name: &str| parts.headers.get(name).map(|value| value.as_bytes());
    parts.method == Method::GET
        && match value(wire::SEC_FETCH_DEST) {
            Some(destination) => matches!(destination, b"document" | b"iframe"),
            None => value(header::ACCEPT.as_str()).is_some_and(|accept| accept.starts_with(b"text/html")),
        }
}

/// Scheme, authority and path as this process sees them. Forwarded headers are not believed.
fn url_without_query(parts: &Parts) -> String {
    let scheme = parts.uri.scheme_str().unwrap_or("http");
    let host = parts.uri.authority().map(|authority| authority.as_str());
    let host = host
        .or_else(|| parts.headers.get(header::HOST)?.to_str().ok())
        .unwrap_or_default()
        .to_ascii_lowercase();
    let default_port = if scheme == "https" { ":443" } else { ":80" };
    let host = host.strip_suffix(default_port).unwrap_or(&host);
    format!("{scheme}://{host}{}", parts.uri.path())
}

/// A query taken apart as a form (WHATWG URL, `application/x-www-form-urlencoded`).
fn form_pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn query_value(query: &[(String, String)], name: &str) -> Option<String> {
    query
        .iter()
        .find(|(found, _)| found == name)
        .map(|(_, value)| value.clone())
        .filter(|value| !value.is_empty())
}
