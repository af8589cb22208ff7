use std::ops::Deref;
use std::sync::OnceLock;

use http::Method;
use http::request::Parts;

use super::authorization::Authorization;
use super::browser::Browser;
use super::glance::Glances;
use crate::config::Config;
use crate::key::InstanceType;
use crate::token::AcceptsToken;
use crate::verify::Verifier;

/// Everything that is read from a request, once.
pub(super) struct Context<'a> {
    pub(super) authorization: Authorization<'a>,
    pub(super) accepts: AcceptsToken,
    pub(super) instance_type: InstanceType,
    pub(super) is_get: bool,
    /// Whether the response can be had: a redirect sent, cookies set. Without that nothing is begun that needs it.
    pub(super) can_respond: bool,
    /// Read when it is first asked for: a good token in the header makes it unnecessary.
    pub(super) browser: LazyBrowser<'a>,
}

/// A [`Browser`] that is read when it is first asked for.
pub(super) enum LazyBrowser<'a> {
    Unread {
        parts: &'a Parts,
        config: &'a Config,
        /// Knows tokens that were seen before, if there is one.
        verifier: Option<&'a Verifier>,
        now_ms: i64,
        browser: OnceLock<Browser<'a>>,
    },
    #[cfg(test)]
    Given(Browser<'a>),
}

impl<'a> Deref for LazyBrowser<'a> {
    type Target = Browser<'a>;

    fn deref(&self) -> &Browser<'a> {
        match self {
            Self::Unread {
                parts,
                config,
                verifier,
                now_ms,
                browser,
            } => browser.get_or_init(|| {
                let glances = Glances {
                    verifier: *verifier,
                    issuing_host: &config.domains.issuing_host,
                    now_ms: *now_ms,
                };
                Browser::read(parts, config, glances)
            }),
            #[cfg(test)]
            Self::Given(browser) => browser,
        }
    }
}

impl<'a> Context<'a> {
    pub(super) fn read(
        parts: &'a Parts,
        config: &'a Config,
        verifier: Option<&'a Verifier>,
        accepts: AcceptsToken,
        can_respond: bool,
        now_ms: i64,
    ) -> Self {
        Self {
            authorization: Authorization::of(&parts.headers),
            accepts,
            instance_type: config.publishable_key.instance_type(),
            is_get: parts.method == Method::GET,
            can_respond,
            browser: LazyBrowser::Unread {
                parts,
                config,
                verifier,
                now_ms,
                browser: OnceLock::new(),
            },
        }
    }

    /// The session token that speaks for the request, or would: the cookie's, else the header's.
    pub(super) fn session_token(&self) -> Option<&str> {
        let cookie = self
            .browser
            .cookies
            .as_ref()
            .ok()
            .and_then(|cookies| cookies.session.as_deref());
        let header = match self.authorization {
            Authorization::Bearer(token) => Some(token),
            Authorization::Absent | Authorization::Invalid(_) => None,
        };
        cookie.or(header)
    }
}
