//! What only browsers send, and what follows from it.

use http::request::Parts;
use url::{Url, form_urlencoded};

use super::authenticator::Authenticator;
use super::clerk_url::RequestHead;
use super::cookies::SessionCookies;
use crate::Deviation;
use crate::config::{Config, Origin};
use crate::key::InstanceType;
use crate::protocol;

/// What a browser says of itself.
#[derive(Debug)]
pub(super) struct Browser<'a> {
    pub(super) cookies: Result<SessionCookies<'a>, Deviation>,
    pub(super) handshake: Option<Handshake>,
    /// Also empty, if the parameter is.
    pub(super) dev_browser_in_query: Option<String>,
    pub(super) synced: Synced,
    /// Where a satellite wants the browser back, in development.
    pub(super) redirect_url: Option<RedirectUrl>,
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
    Absent,
    Needed,
    Completed,
}

/// An address to send the browser to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RedirectUrl {
    Allowed(Box<Url>),
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
        let query = RequestHead::from(parts).uri().query().unwrap_or_default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let place = match &*name {
                protocol::HANDSHAKE => &mut parameters.handshake,
                protocol::HANDSHAKE_NONCE => &mut parameters.handshake_nonce,
                protocol::DEV_BROWSER => &mut parameters.dev_browser,
                protocol::SYNCED => &mut parameters.synced,
                protocol::REDIRECT_URL => &mut parameters.redirect_url,
                _ => continue,
            };
            place.get_or_insert_with(|| value.into_owned());
        }
        parameters
    }
}

impl<'a> Browser<'a> {
    pub(super) fn read(parts: &'a Parts, authenticator: &'a Authenticator) -> Self {
        let config = &authenticator.config;
        let parameters = Parameters::read(parts);
        let cookies = SessionCookies::read(parts, authenticator);
        Self {
            handshake: Handshake::find(&parameters, &cookies, config.publishable_key.instance_type()),
            cookies,
            dev_browser_in_query: parameters.dev_browser,
            synced: match parameters.synced.as_deref() {
                Some("false") => Synced::Needed,
                Some("true") => Synced::Completed,
                _ => Synced::Absent,
            },
            redirect_url: parameters
                .redirect_url
                .filter(|url| !url.is_empty())
                .map(|url| RedirectUrl::parse(&url, config)),
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
    fn find(
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
    fn parse(url: &str, config: &Config) -> Self {
        let is_allowed =
            Origin::parse(url).is_some_and(|origin| config.domains.redirect_origins.contains(&origin));
        match Url::parse(url) {
            Ok(url) if is_allowed => Self::Allowed(Box::new(url)),
            _ => Self::Refused,
        }
    }
}
