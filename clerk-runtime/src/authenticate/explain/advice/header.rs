//! Advice about what stands in the `Authorization` header in place of a token.

use std::borrow::Cow;

use super::{Advice, Findings};
use crate::Deviation;
use crate::authenticate::explain::shape::TokenShape;
use crate::token::{TokenCarrier, TokenType};

impl Findings<'_> {
    /// A header, or cookies, in which no token was found.
    pub(super) fn invalid(&self) -> Advice {
        if self.deviation == Some(Deviation::ConflictingCookies) {
            return Advice::new(
                "the browser sends one cookie with different values",
                "another site below the same domain sets this cookie for the whole domain: clear the browser's cookies, and keep the other site from setting it",
            );
        }
        if self.deviation == Some(Deviation::SizeLimit) {
            return Advice::new(
                "the token or the cookies are too large",
                "make the session token smaller: leave claims out of it; of cookies at most 32 KiB are read, of a token 16 KiB",
            );
        }
        if let (Some(TokenCarrier::Header), Some(shape)) = (self.carrier, self.header) {
            return self.shaped(shape);
        }
        Advice::new(
            "the session cookie does not hold a token that Clerk made",
            "clear the browser's cookies for this site and sign in again",
        )
        .detail(self.refusal.map(str::to_owned))
    }

    pub(super) fn shaped(&self, shape: TokenShape) -> Advice {
        let send: Cow<'static, str> = match self.accepts.accepts(TokenType::SessionToken) {
            true => "send `Authorization: Bearer <token>` with what `await getToken()` returns".into(),
            false => format!("send {} as `Authorization: Bearer <token>`", self.accepts).into(),
        };
        let accepted = |token_type: TokenType, name: &str| {
            Cow::Owned(match self.accepts.accepts(token_type) {
                true => "the token was damaged on its way: compare it with what was handed out".to_owned(),
                false => format!(
                    "this handler accepts {}: send that, or let the handler accept both by `#[protected(token = any(\"session_token\", \"{name}\"))]`",
                    self.accepts
                ),
            })
        };
        let fix: Cow<'static, str> = match shape {
            TokenShape::SecretKey => {
                "find the client that has the secret key, rotate the key in the Clerk dashboard, and send the user's token from `await getToken()` instead".into()
            }
            TokenShape::PublishableKey => {
                "the publishable key names the instance and no user: send the token that `await getToken()` returns".into()
            }
            TokenShape::WebhookSecret => {
                "the secret verifies webhooks and is never sent: rotate it in the Clerk dashboard".into()
            }
            TokenShape::DevBrowserToken => send,
            TokenShape::ApiKey => accepted(TokenType::ApiKey, "api_key"),
            TokenShape::MachineToken | TokenShape::MachineJwt => accepted(TokenType::M2mToken, "m2m_token"),
            TokenShape::OauthToken | TokenShape::OauthJwt => accepted(TokenType::OauthToken, "oauth_token"),
            TokenShape::Id => "an id proves nothing: send the token that `await getToken()` returns".into(),
            TokenShape::JavaScriptValue => {
                "wait in the page until Clerk is loaded and a user is signed in: before that `await getToken()` returns null".into()
            }
            TokenShape::Promise => "write `await` in front of `getToken()`".into(),
            TokenShape::Object => "send the text that `await getToken()` returns, not an object around it".into(),
            TokenShape::InQuotes => "send the token without quotes: `JSON.stringify` adds them".into(),
            TokenShape::Placeholder => "put the token in place of it".into(),
            TokenShape::PercentEncoded => "send the token as it is, without percent escapes".into(),
            TokenShape::NoToken => "put the token after `Bearer` and one space".into(),
            TokenShape::NoScheme => "write `Bearer` and one space in front of the token".into(),
            TokenShape::SchemeTwice => "write `Bearer` once: the HTTP client (its `bearer` option or function) adds the other".into(),
            TokenShape::ExtraSpace => "write exactly one space between `Bearer` and the token".into(),
            TokenShape::TwoTokens => "send one token: the header was probably joined from two".into(),
            TokenShape::RepeatedHeader => {
                "send one `Authorization` header: a proxy or the client adds another".into()
            }
            TokenShape::NotAscii => "send the token as it is: something has changed its bytes".into(),
            TokenShape::TooLong => {
                "make the session token smaller in the Clerk dashboard (Sessions, Customize session token): at most 16 KiB are read".into()
            }
            TokenShape::BrokenJwt => {
                "send the whole token that `await getToken()` returns: copying or a limit of length has cut it".into()
            }
            TokenShape::OtherScheme | TokenShape::SessionJwt | TokenShape::OtherJwt | TokenShape::Unknown => {
                send
            }
        };
        let summary = match shape {
            TokenShape::SecretKey => "a secret key was sent in place of a token",
            TokenShape::PublishableKey => "the publishable key was sent in place of a token",
            TokenShape::WebhookSecret => "a webhook's signing secret was sent in place of a token",
            TokenShape::DevBrowserToken => {
                "the token of a development browser was sent in place of a session token"
            }
            TokenShape::ApiKey if !self.accepts.accepts(TokenType::ApiKey) => {
                "the token is an API key, which this handler does not accept"
            }
            TokenShape::ApiKey => "the token is an API key",
            TokenShape::MachineToken | TokenShape::MachineJwt => "the token is a machine's",
            TokenShape::OauthToken | TokenShape::OauthJwt => "the token is an OAuth access token",
            TokenShape::Id => "an id was sent in place of a token",
            TokenShape::JavaScriptValue => match self.known_word {
                Some("undefined") => "`undefined` was sent in place of a token",
                Some("null") => "`null` was sent in place of a token",
                _ => "a JavaScript value was sent in place of a token",
            },
            TokenShape::Promise => "`[object Promise]` was sent in place of a token",
            TokenShape::Object => "an object was sent in place of a token",
            TokenShape::InQuotes => "the token is in quotes",
            TokenShape::Placeholder => "a placeholder was sent in place of a token",
            TokenShape::PercentEncoded => "the token has percent escapes",
            TokenShape::NoToken => "the header has the scheme `Bearer` and no token",
            TokenShape::NoScheme => "the scheme `Bearer` is missing in front of the token",
            TokenShape::SchemeTwice => "the scheme `Bearer` is there twice",
            TokenShape::ExtraSpace => "there is more than one space after `Bearer`",
            TokenShape::TwoTokens => "there are two tokens after `Bearer`",
            TokenShape::OtherScheme => "the header has credentials of another scheme than `Bearer`",
            TokenShape::RepeatedHeader => "there are several `Authorization` headers",
            TokenShape::NotAscii => "the header has bytes that are not visible ASCII",
            TokenShape::TooLong => "the token is longer than 16 KiB",
            TokenShape::BrokenJwt => "the token is a JWT that is cut off or damaged",
            TokenShape::OtherJwt => "the token is a JWT that is no session token",
            TokenShape::SessionJwt => "the token is not one that Clerk made",
            TokenShape::Unknown => "what was sent is not a token that Clerk made",
        };
        // Elsewhere the form says it all.
        let refusal = self.refusal.filter(|_| {
            matches!(
                shape,
                TokenShape::BrokenJwt | TokenShape::SessionJwt | TokenShape::OtherJwt | TokenShape::Unknown
            )
        });
        let detail = match shape {
            TokenShape::JavaScriptValue => None,
            TokenShape::Id => self.known_word.map(|word| format!("it begins with `{word}`")),
            TokenShape::OtherScheme => self.scheme.map(|scheme| format!("the scheme is `{scheme}`")),
            _ => refusal.map(str::to_owned),
        };
        Advice::new(summary, fix).detail(detail)
    }
}
