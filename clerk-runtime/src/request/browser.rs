//! What only browsers send, and what follows from it.

use std::ops::Deref;
use std::sync::OnceLock;

use http::request::Parts;
use http::{HeaderName, Method, header};
use url::{Url, form_urlencoded};

use super::clerk_url;
use super::glance::Glances;
use super::referrer::Referrer;
use super::session_cookies::SessionCookies;
use crate::Deviation;
use crate::config::{Config, OrganizationTarget, Satellite, origin_of};
use crate::key::InstanceType;
use crate::wire;

/// What a browser says of itself.
#[derive(Debug)]
pub(super) struct Browser<'a> {
    pub(super) cookies: Result<SessionCookies<'a>, Deviation>,
    pub(super) handshake: Option<Handshake>,
    /// Also empty, if the parameter is.
    pub(super) dev_browser_in_query: Option<String>,
    /// Whether the browser can follow a redirect to the handshake.
    pub(super) is_document: bool,
    /// Whether the browser says that it navigates a tab here.
    pub(super) is_navigation: bool,
    pub(super) satellite: Option<Satellite>,
    /// Whether pages may belong to an organization at all.
    pub(super) has_organization_pages: bool,
    pub(super) synced: Synced,
    /// Where a satellite wants the browser back, in development.
    pub(super) redirect_url: Option<RedirectUrl>,
    /// Read when it is first asked for: a good session needs none of it.
    pub(super) page: LazyPage<'a>,
}

/// The page that a browser asked for, and where it can be sent.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) clerk_url: Url,
    pub(super) referrer: Referrer,
    pub(super) organization: Option<OrganizationTarget>,
    pub(super) frontend_api: Option<Url>,
    pub(super) sign_in_url: Option<Url>,
}

/// A [`Page`] that is read when it is first asked for.
#[derive(Debug)]
pub(super) enum LazyPage<'a> {
    Unread {
        parts: &'a Parts,
        config: &'a Config,
        page: OnceLock<Box<Page>>,
    },
    #[cfg(test)]
    Given(Box<Page>),
}

impl Deref for LazyPage<'_> {
    type Target = Page;

    fn deref(&self) -> &Page {
        match self {
            Self::Unread { parts, config, page } => page.get_or_init(|| Box::new(Page::read(parts, config))),
            #[cfg(test)]
            Self::Given(page) => page,
        }
    }
}

/// What a handshake left for the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Handshake {
    Nonce(String),
    Token(String),
    /// Anybody can make a link with it, so production instances do not take it from the query.
    InQuery,
}

/// What a satellite's query says about the primary domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Synced {
    Unsaid,
    Needed,
    Completed,
}

/// An address to send the browser to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RedirectUrl {
    Allowed(Url),
    /// Nobody has allowed it, or it is none.
    Refused,
}

/// The parameters of Clerk's in the query, the first of each name.
#[derive(Default)]
struct Parameters {
    handshake: Option<String>,
    handshake_nonce: Option<String>,
    dev_browser: Option<String>,
    synced: Option<String>,
    redirect_url: Option<String>,
}

impl Parameters {
    fn read(parts: &Parts) -> Self {
        let mut parameters = Self::default();
        let query = parts.uri.query().unwrap_or_default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let place = match &*name {
                wire::HANDSHAKE => &mut parameters.handshake,
                wire::HANDSHAKE_NONCE => &mut parameters.handshake_nonce,
                wire::DEV_BROWSER => &mut parameters.dev_browser,
                wire::SYNCED => &mut parameters.synced,
                wire::REDIRECT_URL => &mut parameters.redirect_url,
                _ => continue,
            };
            place.get_or_insert_with(|| value.into_owned());
        }
        parameters
    }
}

impl<'a> Browser<'a> {
    pub(super) fn read(parts: &'a Parts, config: &'a Config, glances: Glances<'_>) -> Self {
        let parameters = Parameters::read(parts);
        let header = |name: &HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let destination = header(&wire::SEC_FETCH_DEST)
            .map(str::trim)
            .filter(|value| !value.is_empty());
        let is_get = parts.method == Method::GET;
        let accepts_html =
            || header(&header::ACCEPT).is_some_and(|accept| accept.trim_start().starts_with("text/html"));
        let cookies = SessionCookies::read(parts, config, glances);
        Self {
            handshake: Handshake::of(&parameters, &cookies, config.publishable_key.instance_type()),
            cookies,
            dev_browser_in_query: parameters.dev_browser,
            is_document: is_get
                && destination.map_or_else(accepts_html, |one| matches!(one, "document" | "iframe")),
            is_navigation: is_get && destination == Some("document"),
            satellite: config.domains.satellite,
            has_organization_pages: !config.organization_sync.is_empty(),
            synced: match parameters.synced.as_deref() {
                Some("false") => Synced::Needed,
                Some("true") => Synced::Completed,
                _ => Synced::Unsaid,
            },
            redirect_url: parameters
                .redirect_url
                .filter(|url| !url.is_empty())
                .map(|url| RedirectUrl::of(&url, config)),
            page: LazyPage::Unread {
                parts,
                config,
                page: OnceLock::new(),
            },
        }
    }

    /// The development browser's token; the query beats the cookie.
    pub(super) fn dev_browser(&self) -> Option<&str> {
        let cookie = || self.cookies.as_ref().ok()?.dev_browser.as_deref();
        self.dev_browser_in_query
            .as_deref()
            .filter(|token| !token.is_empty())
            .or_else(cookie)
    }
}

impl Handshake {
    fn of(
        parameters: &Parameters,
        cookies: &Result<SessionCookies<'_>, Deviation>,
        instance_type: InstanceType,
    ) -> Option<Self> {
        let given = |parameter: &Option<String>| parameter.clone().filter(|value| !value.is_empty());
        let (nonce, token) = (given(&parameters.handshake_nonce), given(&parameters.handshake));
        if instance_type == InstanceType::Production && (nonce.is_some() || token.is_some()) {
            return Some(Self::InQuery);
        }
        let cookies = cookies.as_ref().ok();
        let nonce_in_cookie = || cookies?.handshake_nonce.as_deref().map(str::to_owned);
        let token_in_cookie = || cookies?.handshake.as_deref().map(str::to_owned);
        nonce
            .or_else(nonce_in_cookie)
            .map(Self::Nonce)
            .or_else(|| token.or_else(token_in_cookie).map(Self::Token))
    }
}

impl RedirectUrl {
    fn of(url: &str, config: &Config) -> Self {
        let is_allowed =
            origin_of(url).is_some_and(|origin| config.domains.redirect_origins.contains(&origin));
        match Url::parse(url) {
            Ok(url) if is_allowed => Self::Allowed(url),
            _ => Self::Refused,
        }
    }
}

impl Page {
    fn read(parts: &Parts, config: &Config) -> Self {
        let domains = &config.domains;
        let clerk_url = clerk_url::of(parts, domains.trusts_forwarded_headers);
        let origin = clerk_url::origin(&clerk_url);
        let referrer = parts.headers.get(header::REFERER);
        Self {
            referrer: Referrer::of(
                referrer.and_then(|value| value.to_str().ok()),
                &clerk_url,
                &domains.frontend_api.address(&origin),
                config.publishable_key.instance_type(),
            ),
            organization: config.organization_sync.target(clerk_url.path()),
            frontend_api: domains.frontend_api.base(&origin),
            sign_in_url: domains
                .sign_in_url
                .as_deref()
                .and_then(|url| Url::parse(url).ok()),
            clerk_url,
        }
    }
}
