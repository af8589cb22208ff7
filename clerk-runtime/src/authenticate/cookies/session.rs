//! The instance's cookies, after the choice between suffixed and plain ones.

use std::borrow::Cow;

use http::request::Parts;

use super::header::{Cookies, decoded};
use super::selection::{CookiePair, HintReader, uses_suffixed_cookies};
use crate::Deviation;
use crate::authenticate::authenticator::Authenticator;
use crate::authenticate::credential::PresentedToken;
use crate::protocol;

/// The instance's cookies.
#[derive(Debug)]
pub(in crate::authenticate) struct SessionCookies<'a> {
    pub(in crate::authenticate) suffixed: bool,
    pub(in crate::authenticate) session: Option<PresentedToken<'a>>,
    /// Unix seconds of the client's last change; zero when there is no active client.
    pub(in crate::authenticate) client_uat: f64,
    pub(in crate::authenticate) dev_browser: Option<Cow<'a, str>>,
    pub(in crate::authenticate) refresh: Option<Cow<'a, str>>,
    pub(in crate::authenticate) redirect_count: RedirectCount,
    /// What a handshake has left, and in whose place its nonce goes.
    pub(in crate::authenticate) handshake: Option<Cow<'a, str>>,
    pub(in crate::authenticate) handshake_nonce: Option<Cow<'a, str>>,
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
        dev_browser: None,
        refresh: None,
        redirect_count: RedirectCount::Zero,
        handshake: None,
        handshake_nonce: None,
    };
}

impl<'a> SessionCookies<'a> {
    pub(in crate::authenticate) fn read(
        parts: &'a Parts,
        authenticator: &Authenticator,
    ) -> Result<Self, Deviation> {
        let cookies = Cookies::parse(&parts.headers)?;
        if cookies.is_empty() {
            return Ok(SessionCookies::NONE);
        }
        let key = &authenticator.config.publishable_key;
        let suffix = key.cookie_suffix();
        // A value that the cache has need not be decoded.
        let session = |value| {
            PresentedToken::from_cache(value, &authenticator.verified_tokens, &authenticator.verifier)
                .unwrap_or_else(|| PresentedToken::from_text(decoded(value)))
        };
        let suffixed_session = cookies.raw_suffixed(protocol::SESSION, suffix)?;
        let suffixed = CookiePair {
            session: suffixed_session.map(session),
            client_uat: cookies.get_suffixed(protocol::CLIENT_UAT, suffix)?,
        };
        let plain_session = cookies.raw(protocol::SESSION)?;
        let plain = CookiePair {
            // Browsers usually have the same token in both.
            session: if plain_session == suffixed_session {
                suffixed.session.clone()
            } else {
                plain_session.map(session)
            },
            client_uat: cookies.get(protocol::CLIENT_UAT)?,
        };
        // Two different ones are two handshakes.
        let handshake = cookies.get(protocol::HANDSHAKE)?;
        let handshake_nonce = cookies.get(protocol::HANDSHAKE_NONCE)?;
        let hints = HintReader {
            clock: &*authenticator.verifier.clock,
            issuing_host: &authenticator.config.domains.issuing_host,
        };
        let use_suffixed = uses_suffixed_cookies(&suffixed, &plain, key.instance_type(), hints);
        let pair = if use_suffixed { suffixed } else { plain };
        Ok(Self {
            suffixed: use_suffixed,
            session: pair.session,
            client_uat: pair.client_uat.as_deref().map_or(0.0, leading_integer),
            dev_browser: if use_suffixed {
                cookies.get_suffixed(protocol::DEV_BROWSER, suffix)?
            } else {
                cookies.get(protocol::DEV_BROWSER)?
            },
            refresh: cookies.get_suffixed(protocol::REFRESH, suffix)?,
            redirect_count: cookies
                .get(protocol::REDIRECT_COUNT)?
                .map_or(RedirectCount::Zero, |count| RedirectCount::parse(&count)),
            handshake,
            handshake_nonce,
        })
    }
}

impl RedirectCount {
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
