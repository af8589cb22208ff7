use std::ops::Deref;
use std::sync::OnceLock;

use http::request::Parts;
use http::{Method, header};
use url::Url;

use super::authorization::Authorization;
use super::clerk_url;
use super::cookies::Cookies;
use super::referrer::Referrer;
use super::suffix::{CookiePair, uses_suffixed_cookies};
use crate::Deviation;
use crate::config::{Config, OrganizationTarget, Satellite, origin_of};
use crate::key::InstanceType;
use crate::token::AcceptsToken;
use crate::wire;

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
        now_ms: i64,
        browser: OnceLock<Browser>,
    },
    #[cfg(test)]
    Given(Browser),
}

impl Deref for LazyBrowser<'_> {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        match self {
            Self::Unread {
                parts,
                config,
                now_ms,
                browser,
            } => browser.get_or_init(|| Browser::read(parts, config, *now_ms)),
            #[cfg(test)]
            Self::Given(browser) => browser,
        }
    }
}

/// What only browsers send, and what follows from it.
#[derive(Debug)]
pub(super) struct Browser {
    pub(super) cookies: Result<SessionCookies, Deviation>,
    pub(super) handshake: Option<Handshake>,
    /// Also empty, if the parameter is.
    pub(super) dev_browser_in_query: Option<String>,
    /// Whether the browser can follow a redirect to the handshake.
    pub(super) is_document: bool,
    /// Whether the browser says that it navigates a tab here.
    pub(super) is_navigation: bool,
    pub(super) satellite: Option<Satellite>,
    pub(super) synced: Synced,
    /// Where a satellite wants the browser back, in development.
    pub(super) redirect_url: Option<RedirectUrl>,
    pub(super) referrer: Referrer,
    pub(super) organization: Option<OrganizationTarget>,
    pub(super) clerk_url: Url,
    pub(super) frontend_api: Option<Url>,
    pub(super) sign_in_url: Option<Url>,
}

/// The instance's cookies, after the choice between suffixed and plain ones.
#[derive(Debug, Default)]
pub(super) struct SessionCookies {
    pub(super) suffixed: bool,
    pub(super) session: Option<String>,
    /// Unix seconds of the client's last change; zero when there is no active client.
    pub(super) client_uat: f64,
    pub(super) dev_browser: Option<String>,
    pub(super) refresh: Option<String>,
    pub(super) redirect_count: RedirectCount,
}

/// What a handshake left for the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Handshake {
    Nonce(String),
    Token(String),
    /// Anybody can make a link with it, so production instances do not take it from the query.
    InQuery,
}

/// How often in a row the browser was redirected.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) enum RedirectCount {
    #[default]
    Zero,
    Below3(f64),
    Three,
    /// More than a browser that counts along can come to.
    Beyond3,
    /// Not a count at all.
    Odd,
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

impl<'a> Context<'a> {
    pub(super) fn read(
        parts: &'a Parts,
        config: &'a Config,
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

impl Browser {
    fn read(parts: &Parts, config: &Config, now_ms: i64) -> Self {
        let instance_type = config.publishable_key.instance_type();
        let clerk_url = clerk_url::of(parts, config.domains.trusts_forwarded_headers);
        let origin = clerk_url::origin(&clerk_url);
        let parameter = |name: &str| {
            clerk_url
                .query_pairs()
                .find(|(found, _)| found == name)
                .map(|(_, value)| value.into_owned())
        };
        let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let destination = header(wire::SEC_FETCH_DEST)
            .map(str::trim)
            .filter(|value| !value.is_empty());
        let is_get = parts.method == Method::GET;
        let accepts_html = || {
            header(header::ACCEPT.as_str()).is_some_and(|accept| accept.trim_start().starts_with("text/html"))
        };
        Self {
            handshake: handshake(parts, &parameter, instance_type),
            cookies: SessionCookies::read(parts, config, now_ms),
            dev_browser_in_query: parameter(wire::DEV_BROWSER),
            is_document: is_get
                && destination.map_or_else(accepts_html, |one| matches!(one, "document" | "iframe")),
            is_navigation: is_get && destination == Some("document"),
            satellite: config.domains.satellite,
            synced: match parameter(wire::SYNCED).as_deref() {
                Some("false") => Synced::Needed,
                Some("true") => Synced::Completed,
                _ => Synced::Unsaid,
            },
            redirect_url: parameter(wire::REDIRECT_URL)
                .filter(|url| !url.is_empty())
                .map(|url| {
                    let is_allowed = origin_of(&url)
                        .is_some_and(|origin| config.domains.redirect_origins.contains(&origin));
                    match Url::parse(&url) {
                        Ok(url) if is_allowed => RedirectUrl::Allowed(url),
                        _ => RedirectUrl::Refused,
                    }
                }),
            referrer: Referrer::of(
                header(header::REFERER.as_str()),
                &clerk_url,
                &config.domains.frontend_api.address(&origin),
                instance_type,
            ),
            organization: config.organization_sync.target(clerk_url.path()),
            frontend_api: config.domains.frontend_api.base(&origin),
            sign_in_url: config
                .domains
                .sign_in_url
                .as_deref()
                .and_then(|url| Url::parse(url).ok()),
            clerk_url,
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

fn handshake(
    parts: &Parts,
    parameter: &dyn Fn(&str) -> Option<String>,
    instance_type: InstanceType,
) -> Option<Handshake> {
    let in_query = |name: &str| parameter(name).filter(|value| !value.is_empty());
    let (nonce, token) = (in_query(wire::HANDSHAKE_NONCE), in_query(wire::HANDSHAKE));
    if instance_type == InstanceType::Production && (nonce.is_some() || token.is_some()) {
        return Some(Handshake::InQuery);
    }
    let cookies = Cookies::of(&parts.headers).ok();
    let in_cookie = |name: &str| cookies.as_ref()?.get(name).ok().flatten();
    nonce
        .or_else(|| in_cookie(wire::HANDSHAKE_NONCE))
        .map(Handshake::Nonce)
        .or_else(|| token.or_else(|| in_cookie(wire::HANDSHAKE)).map(Handshake::Token))
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
        // Two different ones are two handshakes.
        cookies.get(wire::HANDSHAKE)?;
        cookies.get(wire::HANDSHAKE_NONCE)?;
        let use_suffixed = uses_suffixed_cookies(
            &suffixed,
            &plain,
            &config.domains.issuing_host,
            key.instance_type(),
            now_ms,
        );
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
            refresh: cookies.get(&suffixed_name(wire::REFRESH))?,
            redirect_count: cookies
                .get(wire::REDIRECT_COUNT)?
                .map_or(RedirectCount::Zero, |count| RedirectCount::parse(&count)),
        })
    }
}

impl RedirectCount {
    fn parse(text: &str) -> Self {
        let is_number = |byte: u8| byte.is_ascii_digit() || b".+-eE".contains(&byte);
        let text = text.trim();
        match text.parse::<f64>() {
            Ok(count) if !text.bytes().all(is_number) || !count.is_finite() || count < 0.0 => Self::Odd,
            Ok(0.0) => Self::Zero,
            Ok(count) if count < 3.0 => Self::Below3(count),
            Ok(3.0) => Self::Three,
            Ok(_) => Self::Beyond3,
            Err(_) => Self::Odd,
        }
    }

    /// The count after one more redirect; nothing if that would be one too many.
    pub(super) fn next(self) -> Option<f64> {
        match self {
            Self::Zero => Some(1.0),
            Self::Below3(count) => Some(count + 1.0),
            Self::Three | Self::Beyond3 | Self::Odd => None,
        }
    }
}

/// `parseInt`: an optional sign and digits at the start, hexadecimal ones after `0x`, zero without any.
fn leading_integer(text: &str) -> f64 {
    let text = text.trim_start();
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let hexadecimal = unsigned.strip_prefix("0x").or(unsigned.strip_prefix("0X"));
    let (radix, digits) = hexadecimal.map_or((10, unsigned), |digits| (16, digits));
    let length = digits
        .bytes()
        .take_while(|byte| char::from(*byte).is_digit(radix))
        .count();
    let magnitude = match hexadecimal {
        None => digits[..length].parse().unwrap_or(0.0),
        Some(_) => digits[..length]
            .chars()
            .filter_map(|digit| digit.to_digit(radix))
            .fold(0.0, |value, digit| value * 16.0 + f64::from(digit)),
    };
    if text.starts_with('-') {
        -magnitude
    } else {
        magnitude
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_redirects() {
        for (text, expected) in [
            ("0", RedirectCount::Zero),
            ("1", RedirectCount::Below3(1.0)),
            (" 2 ", RedirectCount::Below3(2.0)),
            ("3", RedirectCount::Three),
            ("1e9", RedirectCount::Beyond3),
            ("-1", RedirectCount::Odd),
            ("0x1", RedirectCount::Odd),
            ("inf", RedirectCount::Odd),
            ("NaN", RedirectCount::Odd),
            ("one", RedirectCount::Odd),
        ] {
            assert_eq!(RedirectCount::parse(text), expected, "{text}");
        }
        assert_eq!(RedirectCount::Zero.next(), Some(1.0));
        assert_eq!(RedirectCount::Below3(2.0).next(), Some(3.0));
        assert_eq!(RedirectCount::Three.next(), None);
        assert_eq!(RedirectCount::Beyond3.next(), None);
        assert_eq!(RedirectCount::Odd.next(), None);
    }

    #[test]
    fn integers_at_the_start_of_a_text() {
        for (text, expected) in [
            ("12", 12.0),
            (" 12abc", 12.0),
            ("-1", -1.0),
            ("+3", 3.0),
            ("abc", 0.0),
            ("1e3", 1.0),
            ("0x1F", 31.0),
            ("-0X10z", -16.0),
            ("0x", 0.0),
            ("", 0.0),
        ] {
            assert_eq!(leading_integer(text), expected, "{text}");
        }
    }
}
