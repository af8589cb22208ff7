use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use http::Method;
use http::request::Parts;

use super::authorization::Authorization;
use super::browser::Browser;
use super::glance::Glances;
use super::instance::{Instance, Terms};
use crate::config::Config;
use crate::key::InstanceType;
use crate::token::AcceptsToken;
use crate::verify::{SeenToken, Verifier};

/// Everything that is read from a request, once.
pub(super) struct Context<'a> {
    pub(super) authorization: Authorization<'a>,
    /// The token of the header, if it was seen before.
    pub(super) seen: Option<&'a Arc<SeenToken>>,
    pub(super) accepts: AcceptsToken,
    pub(super) instance_type: InstanceType,
    pub(super) is_get: bool,
    /// Whether the response can be had: a redirect sent, cookies set. Without that nothing is begun that needs it.
    pub(super) can_respond: bool,
    /// When the request was looked at, in Unix milliseconds.
    pub(super) now_ms: i64,
    /// Read when it is first asked for: a good token in the header makes it unnecessary.
    pub(super) browser: LazyBrowser<'a>,
}

/// A [`Browser`] that is read when it is first asked for.
pub(super) enum LazyBrowser<'a> {
    Unread {
        parts: &'a Parts,
        config: &'a Config,
        verifier: &'a Verifier,
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
                    verifier: Some(verifier),
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
        instance: Instance<'a>,
        seen: Option<&'a Arc<SeenToken>>,
        terms: Terms,
    ) -> Self {
        let Instance { config, verifier, .. } = instance;
        let now_ms = verifier.clock.unix_millis();
        Self {
            authorization: match seen {
                Some(seen) => Authorization::Bearer(seen.session().token()),
                None => Authorization::of(&parts.headers),
            },
            seen,
            accepts: terms.accepts,
            instance_type: config.publishable_key.instance_type(),
            is_get: parts.method == Method::GET,
            can_respond: terms.can_respond,
            now_ms,
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
