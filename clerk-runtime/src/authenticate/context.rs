use std::sync::Arc;

use http::Method;

use super::authorization::Authorization;
use super::browser::Browser;
use super::instance::AuthenticateOptions;
use super::lazy::{Lazy, Source};
use super::navigation::Navigation;
use super::page::Page;
use super::session_cookie::SessionCookie;
use crate::config::Satellite;
use crate::key::InstanceType;
use crate::token::{AcceptsToken, TokenCarrier};
use crate::verify::CachedSession;

/// Everything that is read from a request, once.
pub(super) struct Context<'a> {
    pub(super) authorization: Authorization<'a>,
    /// The token of the header, if it was seen before.
    pub(super) seen_in_header: Option<&'a Arc<CachedSession>>,
    pub(super) accepts: AcceptsToken,
    pub(super) instance_type: InstanceType,
    pub(super) is_get: bool,
    /// Whether the response can be had: a redirect sent, cookies set. Without that nothing is begun that needs it.
    pub(super) can_set_response_headers: bool,
    pub(super) satellite: Option<Satellite>,
    /// Whether pages may belong to an organization at all.
    pub(super) has_organization_pages: bool,
    /// A good token in the header makes it unnecessary.
    pub(super) browser: Lazy<'a, Browser<'a>>,
    pub(super) navigation: Lazy<'a, Navigation>,
    /// A good session needs none of it.
    pub(super) page: Lazy<'a, Box<Page>>,
}

impl<'a> Context<'a> {
    pub(super) fn read(
        source: &'a Source<'a>,
        authorization: Authorization<'a>,
        seen: Option<&'a Arc<CachedSession>>,
        options: AuthenticateOptions,
    ) -> Self {
        let Source { parts, config, .. } = source;
        Self {
            authorization,
            seen_in_header: seen,
            accepts: options.accepts,
            instance_type: config.publishable_key.instance_type(),
            is_get: parts.method == Method::GET,
            can_set_response_headers: options.can_set_response_headers,
            satellite: config.domains.satellite,
            has_organization_pages: !config.organization_sync.is_empty(),
            browser: Lazy::unread(source),
            navigation: Lazy::unread(source),
            page: Lazy::unread(source),
        }
    }

    /// The session token in this place, if it was seen before.
    pub(super) fn seen(&self, carrier: TokenCarrier) -> Option<&Arc<CachedSession>> {
        match carrier {
            TokenCarrier::Header => self.seen_in_header,
            TokenCarrier::Cookie => self.browser.cookies.as_ref().ok()?.session.as_ref()?.seen(),
        }
    }

    /// The session token that speaks for the request, or would: the cookie's, else the header's.
    pub(super) fn session_token(&self) -> Option<&str> {
        let cookie = self
            .browser
            .cookies
            .as_ref()
            .ok()
            .and_then(|cookies| cookies.session.as_ref().map(SessionCookie::as_str));
        let header = match self.authorization {
            Authorization::Bearer(token) => Some(token),
            Authorization::Absent | Authorization::Invalid(_) => None,
        };
        cookie.or(header)
    }
}
