//! The form of what a request presents in place of a token, by its text alone.

use std::fmt;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};

use crate::token::{TokenType, UnverifiedJwt, is_session, machine_token_type};

/// The form of what a request presents, which often tells the mistake that was made. `Display` is a phrase such as
/// "an API key".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenShape {
    /// A JWT that may be a session token.
    SessionJwt,
    /// A JWT of another class, such as one that a JWT template made.
    OtherJwt,
    /// A JWT of a machine.
    MachineJwt,
    /// A JWT of an OAuth client.
    OauthJwt,
    /// Text that begins as a JWT does and is none: a part is missing, or its parts do not decode.
    BrokenJwt,
    /// `ak_…`
    ApiKey,
    /// `mt_…`
    MachineToken,
    /// `oat_…`
    OauthToken,
    /// `sk_…`: the secret key of an instance, which belongs on no request.
    SecretKey,
    /// `pk_…`
    PublishableKey,
    /// `whsec_…`
    WebhookSecret,
    /// `dvb_…`: the token of a development browser.
    DevBrowserToken,
    /// An id, such as `user_…` or `sess_…`.
    Id,
    /// `undefined`, `null` or another value of JavaScript.
    JavaScriptValue,
    /// `[object Promise]`: a promise that was not awaited.
    Promise,
    /// `[object Object]`: an object in place of a token.
    Object,
    /// A token in quotes.
    InQuotes,
    /// A text that stands for a token, such as `<token>` or `$TOKEN`.
    Placeholder,
    /// A token with `%` escapes.
    PercentEncoded,
    /// The scheme without a token.
    NoToken,
    /// A token without a scheme.
    NoScheme,
    /// The scheme twice.
    SchemeTwice,
    /// More than one space, or a tab, after the scheme.
    ExtraSpace,
    /// Two words after the scheme.
    TwoTokens,
    /// Credentials of another scheme, such as `Basic`.
    OtherScheme,
    /// More than one `Authorization` header.
    RepeatedHeader,
    /// Bytes that are not visible ASCII.
    NotAscii,
    /// More text than any token has.
    TooLong,
    /// None of these.
    Unknown,
}

impl TokenShape {
    /// Returns a stable name of the form, such as `api-key`.
    pub fn as_str(self) -> &'static str {
        self.texts().0
    }

    fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::SessionJwt => ("session-jwt", "a JWT"),
            Self::OtherJwt => (
                "other-jwt",
                "a JWT that is no session token, such as one of a JWT template",
            ),
            Self::MachineJwt => ("machine-jwt", "a machine's JWT"),
            Self::OauthJwt => ("oauth-jwt", "an OAuth access token (JWT)"),
            Self::BrokenJwt => ("broken-jwt", "a JWT that is cut off or damaged"),
            Self::ApiKey => ("api-key", "an API key (`ak_`)"),
            Self::MachineToken => ("machine-token", "a machine-to-machine token (`mt_`)"),
            Self::OauthToken => ("oauth-token", "an OAuth access token (`oat_`)"),
            Self::SecretKey => ("secret-key", "a secret key (`sk_`)"),
            Self::PublishableKey => ("publishable-key", "a publishable key (`pk_`)"),
            Self::WebhookSecret => ("webhook-secret", "a webhook's signing secret (`whsec_`)"),
            Self::DevBrowserToken => ("dev-browser-token", "the token of a development browser (`dvb_`)"),
            Self::Id => ("id", "an id, not a token"),
            Self::JavaScriptValue => ("javascript-value", "a JavaScript value such as `undefined`"),
            Self::Promise => ("promise", "a JavaScript promise that was not awaited"),
            Self::Object => ("object", "a JavaScript object"),
            Self::InQuotes => ("in-quotes", "a token in quotes"),
            Self::Placeholder => ("placeholder", "a placeholder"),
            Self::PercentEncoded => ("percent-encoded", "a token with percent escapes"),
            Self::NoToken => ("no-token", "the scheme `Bearer` without a token"),
            Self::NoScheme => ("no-scheme", "a token without the scheme `Bearer`"),
            Self::SchemeTwice => ("scheme-twice", "the scheme `Bearer` twice"),
            Self::ExtraSpace => ("extra-space", "more than one space after the scheme"),
            Self::TwoTokens => ("two-tokens", "two tokens"),
            Self::OtherScheme => ("other-scheme", "credentials of another scheme than `Bearer`"),
            Self::RepeatedHeader => ("repeated-header", "several `Authorization` headers"),
            Self::NotAscii => ("not-ascii", "bytes that are not visible ASCII"),
            Self::TooLong => ("too-long", "more than 16 KiB"),
            Self::Unknown => ("unknown", "text that no kind of Clerk's tokens looks like"),
        }
    }

    /// Returns the known word that a text is, or begins with.
    pub(super) fn known_word(text: &str) -> Option<&'static str> {
        let is_id = |prefix: &&&str| text.starts_with(**prefix);
        VALUES
            .iter()
            .find(|value| text == **value)
            .or_else(|| IDS.iter().find(is_id))
            .copied()
    }

    /// Returns the form of a text by itself.
    pub(in crate::authenticate) fn of_token(text: &str) -> Self {
        const PREFIXES: [(&str, TokenShape); 7] = [
            ("sk_", TokenShape::SecretKey),
            ("pk_", TokenShape::PublishableKey),
            ("whsec_", TokenShape::WebhookSecret),
            ("dvb_", TokenShape::DevBrowserToken),
            ("ak_", TokenShape::ApiKey),
            ("mt_", TokenShape::MachineToken),
            ("oat_", TokenShape::OauthToken),
        ];
        let starts = |prefix: &&str| text.starts_with(prefix);
        if text.len() > MAX_TOKEN {
            return Self::TooLong;
        }
        if VALUES.contains(&text) {
            return Self::JavaScriptValue;
        }
        if text.starts_with("[object") {
            return match text.contains("Promise") {
                true => Self::Promise,
                false => Self::Object,
            };
        }
        if text.starts_with(['"', '\'', '`']) || text.ends_with(['"', '\'', '`']) {
            return Self::InQuotes;
        }
        if text.starts_with('{') && text.contains(':') {
            return Self::Object;
        }
        if text.starts_with(['<', '$', '{'])
            || text.ends_with("...")
            || text.ends_with(">")
            || is_your_token(text)
        {
            return Self::Placeholder;
        }
        if let Some((_, shape)) = PREFIXES.iter().find(|(prefix, _)| text.starts_with(prefix)) {
            return *shape;
        }
        if IDS.iter().any(starts) {
            return Self::Id;
        }
        if let Ok(jwt) = UnverifiedJwt::parse(text) {
            return match machine_token_type(&jwt) {
                Some(TokenType::OauthToken) => Self::OauthJwt,
                Some(_) => Self::MachineJwt,
                None if is_session(&jwt) => Self::SessionJwt,
                None => Self::OtherJwt,
            };
        }
        match text {
            _ if text.contains('%') => Self::PercentEncoded,
            // The first letters of a JSON object in base64.
            _ if text.starts_with("eyJ") || text.starts_with("ey.") || text.split('.').count() == 3 => {
                Self::BrokenJwt
            }
            _ => Self::Unknown,
        }
    }

    /// Returns the form of the `Authorization` header; `None` without one.
    pub(in crate::authenticate) fn of_header(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(AUTHORIZATION).iter();
        let value = match (values.next()?, values.next()) {
            (value, None) => value,
            (_, Some(_)) => {
                return Some(if sends_secret_key(headers) {
                    Self::SecretKey
                } else {
                    Self::RepeatedHeader
                });
            }
        };
        // Longer ones are not looked at any further: each look at them takes time.
        if value.len() > MAX_TOKEN + "Bearer ".len() {
            return Some(Self::TooLong);
        }
        let Some(text) = visible(value) else {
            return Some(Self::NotAscii);
        };
        let text = text.trim_matches([' ', '\t']);
        if text.is_empty() {
            return None;
        }
        if is_secret_key(text) {
            return Some(Self::SecretKey);
        }
        let Some((scheme, rest)) = text.split_once([' ', '\t']) else {
            return Some(match text {
                _ if text.trim_end_matches([':', ',']).eq_ignore_ascii_case("bearer") => Self::NoToken,
                _ => match Self::of_token(text) {
                    // The form tells more than the missing scheme does.
                    shape @ (Self::SecretKey | Self::JavaScriptValue | Self::Promise | Self::InQuotes) => {
                        shape
                    }
                    _ => Self::NoScheme,
                },
            });
        };
        if scheme.starts_with('[') || scheme.starts_with(['"', '\'']) {
            return Some(Self::of_token(text));
        }
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Some(Self::OtherScheme);
        }
        let is_bearer = |word: &str| word.eq_ignore_ascii_case("bearer");
        let mut words = rest.split([' ', '\t', ',']).filter(|word| !word.is_empty());
        Some(match rest {
            _ if words.next().is_some_and(is_bearer) => Self::SchemeTwice,
            _ if words.any(is_bearer) => Self::TwoTokens,
            _ if rest.starts_with(['[', '<', '{', '$', '"', '\'']) => Self::of_token(rest),
            _ if rest.starts_with([' ', '\t']) || text.as_bytes().get(scheme.len()) == Some(&b'\t') => {
                Self::ExtraSpace
            }
            _ if rest.contains([' ', '\t']) => Self::TwoTokens,
            _ => Self::of_token(rest),
        })
    }
}

impl fmt::Display for TokenShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.texts().1)
    }
}

/// The longest token that is read, in bytes.
const MAX_TOKEN: usize = 16 * 1024;

/// Lists the words that JavaScript writes where there is no token.
const VALUES: [&str; 6] = ["undefined", "null", "NaN", "true", "false", "None"];
/// Lists the prefixes of Clerk's ids.
const IDS: [&str; 6] = ["user_", "sess_", "org_", "client_", "mch_", "ins_"];

/// Returns whether one of the `Authorization` headers has the secret key of an instance.
pub(in crate::authenticate) fn sends_secret_key(headers: &HeaderMap) -> bool {
    let values = headers.get_all(AUTHORIZATION).iter();
    values
        .filter(|value| value.len() <= MAX_TOKEN)
        .filter_map(visible)
        .any(is_secret_key)
}

/// Returns whether the secret key of an instance stands in place of the token.
fn is_secret_key(header: &str) -> bool {
    let last = header.rsplit([' ', '\t']).next().unwrap_or_default();
    last.starts_with("sk_live_") || last.starts_with("sk_test_")
}

fn visible(value: &HeaderValue) -> Option<&str> {
    let text = str::from_utf8(value.as_bytes()).ok()?;
    text.is_ascii().then_some(text)
}

fn is_your_token(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.starts_with("your_")
        || text.starts_with("your-")
        || matches!(&*text, "token" | "jwt" | "xxx" | "changeme")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_tells_the_mistake_by_its_form() {
        use TokenShape as Shape;
        for (values, expected) in [
            (&[][..], None),
            (&["  "], None),
            (&["Bearer"], Some(Shape::NoToken)),
            (&["Bearer:"], Some(Shape::NoToken)),
            (&["eyJh.eyJz.c2ln"], Some(Shape::NoScheme)),
            (&["sk_test_abc"], Some(Shape::SecretKey)),
            (&["Bearer sk_live_abc"], Some(Shape::SecretKey)),
            (&["Bearer Bearer eyJh.eyJz.c2ln"], Some(Shape::SchemeTwice)),
            (&["Bearer  eyJh.eyJz.c2ln"], Some(Shape::ExtraSpace)),
            (&["Bearer\teyJh.eyJz.c2ln"], Some(Shape::ExtraSpace)),
            (&["Bearer eyJh.eyJz.c2ln eyJh.eyJz.c2ln"], Some(Shape::TwoTokens)),
            (&["Basic dXNlcjpwYXNz"], Some(Shape::OtherScheme)),
            (&["Bearer undefined"], Some(Shape::JavaScriptValue)),
            (&["Bearer null"], Some(Shape::JavaScriptValue)),
            (&["Bearer [object Promise]"], Some(Shape::Promise)),
            (&["Bearer [object Object]"], Some(Shape::Object)),
            (&["Bearer \"eyJh.eyJz.c2ln\""], Some(Shape::InQuotes)),
            (&["\"Bearer eyJh.eyJz.c2ln\""], Some(Shape::InQuotes)),
            (&["Bearer user_2abc"], Some(Shape::Id)),
            (&["Bearer sess_2abc"], Some(Shape::Id)),
            (&["Bearer ak_abc"], Some(Shape::ApiKey)),
            (&["Bearer mt_abc"], Some(Shape::MachineToken)),
            (&["Bearer oat_abc"], Some(Shape::OauthToken)),
            (&["Bearer dvb_abc"], Some(Shape::DevBrowserToken)),
            (&["Bearer pk_test_abc"], Some(Shape::PublishableKey)),
            (&["Bearer whsec_abc"], Some(Shape::WebhookSecret)),
            (&["Bearer <token>"], Some(Shape::Placeholder)),
            (&["Bearer <your token>"], Some(Shape::Placeholder)),
            (&[r#"Bearer {"token": "eyJh"}"#], Some(Shape::Object)),
            (&["Bearer a.b.c, Bearer d.e.f"], Some(Shape::TwoTokens)),
            (&["Basic sk_test_abc"], Some(Shape::SecretKey)),
            (&["Basic eA==", "Bearer sk_live_abc"], Some(Shape::SecretKey)),
            (&["Bearer $TOKEN"], Some(Shape::Placeholder)),
            (&["Bearer eyJhbGci..."], Some(Shape::Placeholder)),
            (&["Bearer YOUR_TOKEN"], Some(Shape::Placeholder)),
            (&["Bearer eyJhbGciOiJSUzI1NiJ9.e30"], Some(Shape::BrokenJwt)),
            (&["Bearer a%2Eb%2Ec"], Some(Shape::PercentEncoded)),
            (&["Bearer e30.e30.c2ln"], Some(Shape::SessionJwt)),
            (&["Bearer garbage"], Some(Shape::Unknown)),
            (&["Bearer a", "Bearer b"], Some(Shape::RepeatedHeader)),
            (&["Bearer \u{fc}"], Some(Shape::NotAscii)),
        ] {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(AUTHORIZATION, HeaderValue::from_bytes(value.as_bytes()).unwrap());
            }
            assert_eq!(TokenShape::of_header(&headers), expected, "{values:?}");
        }
    }
}
