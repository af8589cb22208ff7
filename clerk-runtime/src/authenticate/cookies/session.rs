//! The instance's cookies, after the choice between suffixed and plain ones.

use std::borrow::Cow;
use std::time::Duration;

use http::request::Parts;

use super::candidates::{Session, SignatureChecks, wait_for_keys};
use super::choice::{ChoiceRules, SentCookies, choose};
use super::header::{Cookies, Values, decoded};
use super::selection::HintReader;
use crate::Deviation;
use crate::authenticate::authenticator::Authenticator;
use crate::authenticate::credential::PresentedToken;
use crate::key::InstanceType;
use crate::protocol;

/// The instance's cookies.
#[derive(Debug)]
pub(in crate::authenticate) struct SessionCookies<'a> {
    pub(in crate::authenticate) suffixed: bool,
    pub(in crate::authenticate) session: Option<PresentedToken<'a>>,
    /// Unix seconds of the client's last change; zero when there is no active client.
    pub(in crate::authenticate) client_uat: f64,
    /// The first cookie that counts and has two different values.
    pub(in crate::authenticate) conflict: Option<ConflictingCookie>,
    /// Set if Clerk's SDK would choose other cookies.
    pub(in crate::authenticate) deviation: Option<Deviation>,
    /// Set if a key has to be fetched before the session cookies can be told apart.
    pub(in crate::authenticate) awaits_keys: bool,
    /// The wait until the keys may be asked for again, if Clerk could not be reached.
    pub(in crate::authenticate) retry_after: Option<Duration>,
    pub(in crate::authenticate) dev_browser: Option<Cow<'a, str>>,
    pub(in crate::authenticate) refresh: Option<Cow<'a, str>>,
    pub(in crate::authenticate) redirect_count: RedirectCount,
    /// What a handshake has left, and in whose place its nonce goes.
    pub(in crate::authenticate) handshake: Option<Cow<'a, str>>,
    pub(in crate::authenticate) handshake_nonce: Option<Cow<'a, str>>,
}

/// A cookie with two different values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::authenticate) enum ConflictingCookie {
    Session,
    ClientUat,
    DevBrowser,
}

impl ConflictingCookie {
    /// Returns the name of the plain cookie.
    pub(in crate::authenticate) fn name(self) -> &'static str {
        match self {
            Self::Session => protocol::SESSION,
            Self::ClientUat => protocol::CLIENT_UAT,
            Self::DevBrowser => protocol::DEV_BROWSER,
        }
    }
}

/// How often in a row the browser was redirected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::authenticate) enum RedirectCount {
    Zero,
    Below3(f64),
    Three,
    /// More than a browser that counts along can come to.
    Beyond3,
    /// Not a count at all.
    Invalid,
}

impl SessionCookies<'static> {
    /// No cookies at all.
    pub(in crate::authenticate) const NONE: Self = Self {
        suffixed: false,
        session: None,
        client_uat: 0.0,
        conflict: None,
        deviation: None,
        awaits_keys: false,
        retry_after: None,
        dev_browser: None,
        refresh: None,
        redirect_count: RedirectCount::Zero,
        handshake: None,
        handshake_nonce: None,
    };
}

impl<'a> SessionCookies<'a> {
    /// Reads the cookies of a request. `awaits_keys` tells that this has to be done again when the keys are there.
    pub(in crate::authenticate) fn read(
        parts: &'a Parts,
        authenticator: &Authenticator,
    ) -> Result<Self, Deviation> {
        let cookies = Cookies::parse(&parts.headers)?;
        if cookies.is_empty() {
            return Ok(SessionCookies::NONE);
        }
        let config = &authenticator.config;
        let suffix = config.publishable_key.cookie_suffix();
        let (suffixed, plain) = sent_sessions(&cookies, authenticator);
        let suffixed = SentCookies {
            session: suffixed,
            client_uat: cookies.get_suffixed(protocol::CLIENT_UAT, suffix).decoded(),
        };
        let plain = SentCookies {
            session: plain,
            client_uat: cookies.get(protocol::CLIENT_UAT).decoded(),
        };
        let rules = ChoiceRules {
            instance_type: config.publishable_key.instance_type(),
            accepts_newer_plain_cookies: config.domains.accepts_newer_plain_cookies,
            hints: HintReader {
                clock: &*authenticator.verifier.clock,
                issuing_host: &config.domains.issuing_host,
            },
        };
        let mut checks = SignatureChecks::new(authenticator, rules.hints);
        let choice = choose(suffixed, plain, rules, &mut checks);
        // Only a development instance looks at the development browser.
        let dev_browser = match (rules.instance_type, choice.suffixed) {
            (InstanceType::Production, _) => Values::None,
            (InstanceType::Development, true) => cookies.get_suffixed(protocol::DEV_BROWSER, suffix),
            (InstanceType::Development, false) => cookies.get(protocol::DEV_BROWSER),
        };
        let conflict = match (&choice.session, &choice.client_uat, &dev_browser) {
            (Session::Conflict { .. }, _, _) => Some(ConflictingCookie::Session),
            (_, Values::Several(_), _) => Some(ConflictingCookie::ClientUat),
            (_, _, Values::Several(_)) => Some(ConflictingCookie::DevBrowser),
            _ => None,
        };
        let text = |values: Values<&'a [u8]>| values.decoded().only();
        Ok(Self {
            suffixed: choice.suffixed,
            session: match choice.session {
                Session::One(token) => Some(token),
                Session::None | Session::Conflict { .. } => None,
            },
            client_uat: choice.client_uat.only().as_deref().map_or(0.0, leading_integer),
            conflict,
            deviation: choice.deviation,
            awaits_keys: checks.awaits_keys,
            retry_after: checks.retry_after,
            dev_browser: text(dev_browser),
            // Of several the right one cannot be told, and a request does without.
            refresh: text(cookies.get_suffixed(protocol::REFRESH, suffix)),
            handshake: text(cookies.get(protocol::HANDSHAKE)),
            handshake_nonce: text(cookies.get(protocol::HANDSHAKE_NONCE)),
            redirect_count: RedirectCount::largest(cookies.get(protocol::REDIRECT_COUNT).decoded()),
        })
    }

    /// Waits for the keys of the session cookies, so that [`read`](Self::read) can tell them apart.
    pub(in crate::authenticate) async fn wait_for_keys(parts: &Parts, authenticator: &Authenticator) {
        if let Ok(cookies) = Cookies::parse(&parts.headers) {
            let (suffixed, plain) = sent_sessions(&cookies, authenticator);
            wait_for_keys(&[suffixed, plain], authenticator).await;
        }
    }
}

/// Reads the suffixed and the plain session cookies.
fn sent_sessions<'a>(
    cookies: &Cookies<'a>,
    authenticator: &Authenticator,
) -> (Values<PresentedToken<'a>>, Values<PresentedToken<'a>>) {
    // A value that the cache has need not be decoded.
    let token = |value| {
        PresentedToken::from_cache(value, &authenticator.verified_tokens, &authenticator.verifier)
            .unwrap_or_else(|| PresentedToken::from_text(decoded(value)))
    };
    let suffix = authenticator.config.publishable_key.cookie_suffix();
    let suffixed = cookies.get_suffixed(protocol::SESSION, suffix);
    let plain = cookies.get(protocol::SESSION);
    // Browsers usually have the same token in both.
    let is_same = suffixed == plain;
    let suffixed = suffixed.map(token);
    let plain = if is_same {
        suffixed.clone()
    } else {
        plain.map(token)
    };
    (suffixed, plain)
}

impl RedirectCount {
    /// Returns the largest count: of several cookies one may be set to hide a loop, but none to make one.
    fn largest(counts: Values<Cow<'_, str>>) -> Self {
        let counts = match counts {
            Values::None => return Self::Zero,
            Values::One(count) => return Self::parse(&count),
            Values::Several(counts) => counts,
        };
        let counts = counts.iter().map(|count| Self::parse(count));
        counts
            .max_by(|one, other| one.order().total_cmp(&other.order()))
            .unwrap_or(Self::Zero)
    }

    fn order(self) -> f64 {
        match self {
            Self::Zero => 0.0,
            Self::Below3(count) => count,
            Self::Three => 3.0,
            Self::Beyond3 => 4.0,
            Self::Invalid => f64::INFINITY,
        }
    }

    fn parse(text: &str) -> Self {
        let is_number = |byte: u8| byte.is_ascii_digit() || b".+-eE".contains(&byte);
        let text = text.trim();
        match text.parse::<f64>() {
            Ok(count) if !text.bytes().all(is_number) || !count.is_finite() || count < 0.0 => Self::Invalid,
            Ok(0.0) => Self::Zero,
            Ok(count) if count < 3.0 => Self::Below3(count),
            Ok(3.0) => Self::Three,
            Ok(_) => Self::Beyond3,
            Err(_) => Self::Invalid,
        }
    }

    /// The count after one more redirect; nothing if that would be one too many.
    pub(in crate::authenticate) fn next(self) -> Option<f64> {
        match self {
            Self::Zero => Some(1.0),
            Self::Below3(count) => Some(count + 1.0),
            Self::Three | Self::Beyond3 | Self::Invalid => None,
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
            ("-1", RedirectCount::Invalid),
            ("0x1", RedirectCount::Invalid),
            ("inf", RedirectCount::Invalid),
            ("NaN", RedirectCount::Invalid),
            ("one", RedirectCount::Invalid),
        ] {
            assert_eq!(RedirectCount::parse(text), expected, "{text}");
        }
        assert_eq!(RedirectCount::Zero.next(), Some(1.0));
        assert_eq!(RedirectCount::Below3(2.0).next(), Some(3.0));
        assert_eq!(RedirectCount::Three.next(), None);
        assert_eq!(RedirectCount::Beyond3.next(), None);
        assert_eq!(RedirectCount::Invalid.next(), None);
    }

    #[test]
    fn of_several_counts_the_largest_counts() {
        let several = |counts: &[&'static str]| {
            let counts = counts.iter().map(|count| Cow::Borrowed(*count)).collect();
            RedirectCount::largest(Values::Several(counts))
        };
        assert_eq!(RedirectCount::largest(Values::None), RedirectCount::Zero);
        assert_eq!(
            RedirectCount::largest(Values::One("2".into())),
            RedirectCount::Below3(2.0)
        );
        for (counts, expected) in [
            (["0", "2"], RedirectCount::Below3(2.0)),
            (["2", "1"], RedirectCount::Below3(2.0)),
            (["3", "1"], RedirectCount::Three),
            (["1", "7"], RedirectCount::Beyond3),
            (["one", "0"], RedirectCount::Invalid),
        ] {
            assert_eq!(several(&counts), expected, "{counts:?}");
        }
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
