//! The request as the decisions see it. Whatever takes time to read is read when it is first asked for.

use std::sync::OnceLock;

use http::request::Parts;
use http::{HeaderName, Method, header};
use url::Url;

use super::authenticator::Authenticator;
use super::browser::Browser;
use super::clerk_url;
use super::credential::{Credential, PresentedToken};
use super::options::AuthenticateOptions;
use super::referrer::Referrer;
use crate::Deviation;
use crate::config::{Config, OrganizationTarget, Satellite};
use crate::key::InstanceType;
use crate::protocol;
use crate::token::{AcceptsToken, TokenCarrier};

/// A request, what it is authenticated with, and what has been read of it.
pub(super) struct RequestView<'a> {
    pub(super) authenticator: &'a Authenticator,
    pub(super) parts: &'a Parts,
    pub(super) options: AuthenticateOptions,
    pub(super) credential: Credential<'a>,
    pub(super) satellite: Option<Satellite>,
    /// Set once the request has waited, so that it does not wait for the keys of its cookies again.
    pub(super) has_waited: bool,
    /// Not read if the token in the header is good.
    browser: OnceLock<Browser<'a>>,
    navigation: OnceLock<Navigation>,
    /// Not read if the session is good. Large, so that the view stays cheap to move.
    page: OnceLock<Box<Page>>,
}

/// Facts that a browser states about its request (Fetch Metadata Request Headers, §2.1).
#[derive(Debug, Clone, Copy)]
pub(super) struct Navigation {
    /// The browser can follow a redirect to the handshake.
    pub(super) is_document: bool,
    /// The browser states that it navigates a tab here.
    pub(super) is_navigation: bool,
}

/// The page that a browser asked for, and the pages that it can be sent to.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) clerk_url: Url,
    pub(super) referrer: Referrer,
    pub(super) organization: Option<OrganizationTarget>,
    pub(super) frontend_api: Option<Url>,
    pub(super) sign_in_url: Option<Url>,
}

impl<'a> RequestView<'a> {
    /// Reads the credential of a request that is seen for another time.
    pub(super) fn read(
        authenticator: &'a Authenticator,
        parts: &'a Parts,
        options: AuthenticateOptions,
    ) -> Self {
        let Authenticator {
            verified_tokens,
            verifier,
            ..
        } = authenticator;
        let credential = Credential::read(&parts.headers, verified_tokens, verifier);
        Self::new(authenticator, parts, options, credential)
    }

    pub(super) fn new(
        authenticator: &'a Authenticator,
        parts: &'a Parts,
        options: AuthenticateOptions,
        credential: Credential<'a>,
    ) -> Self {
        Self {
            authenticator,
            parts,
            options,
            credential,
            satellite: authenticator.config.domains.satellite,
            has_waited: false,
            browser: OnceLock::new(),
            navigation: OnceLock::new(),
            page: OnceLock::new(),
        }
    }

    pub(super) fn config(&self) -> &'a Config {
        &self.authenticator.config
    }

    pub(super) fn accepts(&self) -> AcceptsToken {
        self.options.accepts
    }

    pub(super) fn can_set_response_headers(&self) -> bool {
        self.options.can_set_response_headers
    }

    pub(super) fn is_development(&self) -> bool {
        self.config().publishable_key.instance_type() == InstanceType::Development
    }

    pub(super) fn is_get(&self) -> bool {
        self.parts.method == Method::GET
    }

    pub(super) fn browser(&self) -> &Browser<'a> {
        self.browser
            .get_or_init(|| Browser::read(self.parts, self.authenticator))
    }

    pub(super) fn navigation(&self) -> Navigation {
        *self.navigation.get_or_init(|| Navigation::read(self.parts))
    }

    pub(super) fn page(&self) -> &Page {
        self.page
            .get_or_init(|| Box::new(Page::read(self.parts, self.config())))
    }

    /// Returns the token in this place.
    pub(super) fn token(&self, carrier: TokenCarrier) -> Option<&PresentedToken<'a>> {
        match carrier {
            TokenCarrier::Header => match &self.credential {
                Credential::Bearer(token) => Some(token),
                Credential::Absent | Credential::Invalid(_) => None,
            },
            TokenCarrier::Cookie => self.browser().cookies.as_ref().ok()?.session.as_ref(),
        }
    }

    /// Returns the rule by which other cookies count than with Clerk's SDK, if they do.
    pub(super) fn cookie_deviation(&self) -> Option<Deviation> {
        match &self.credential {
            Credential::Absent => self.browser().cookies.as_ref().ok()?.deviation,
            Credential::Bearer(_) | Credential::Invalid(_) => None,
        }
    }

    /// Returns the session token that counts for the request, or would: the cookie's, else the header's.
    pub(super) fn session_token(&self) -> Option<&str> {
        let token = self.token(TokenCarrier::Cookie);
        token
            .or_else(|| self.token(TokenCarrier::Header))
            .map(PresentedToken::as_str)
    }
}

impl Navigation {
    fn read(parts: &Parts) -> Self {
        let header = |name: &HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let destination = header(&protocol::SEC_FETCH_DEST)
            .map(str::trim)
            .filter(|value| !value.is_empty());
        let is_get = parts.method == Method::GET;
        let accepts_html =
            || header(&header::ACCEPT).is_some_and(|accept| accept.trim_start().starts_with("text/html"));
        Self {
            is_document: is_get
                && destination.map_or_else(accepts_html, |one| matches!(one, "document" | "iframe")),
            is_navigation: is_get && destination == Some("document"),
        }
    }
}

impl Page {
    fn read(parts: &Parts, config: &Config) -> Self {
        let domains = &config.domains;
        let clerk_url = clerk_url::from_request(parts.into(), domains.trusts_forwarded_headers);
        let origin = clerk_url::origin(&clerk_url);
        let referrer = parts.headers.get(header::REFERER);
        Self {
            referrer: Referrer::classify(
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

#[cfg(test)]
impl<'a> RequestView<'a> {
    /// Makes a view of which everything has been read.
    pub(super) fn for_test(mut self, browser: Browser<'a>, navigation: Navigation, page: Page) -> Self {
        self.browser = OnceLock::from(browser);
        self.navigation = OnceLock::from(navigation);
        self.page = OnceLock::from(Box::new(page));
        self
    }
}
