//! The types of tokens, the types that a request may present, and the classification of a token before its verification.

use std::fmt;

use super::UnverifiedJwt;
use super::header::JsonField;

/// The kinds of token that a request can present to a Clerk application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenType {
    /// The token of a browser or mobile session.
    SessionToken,
    /// An API key, `ak_…`.
    ApiKey,
    /// A machine-to-machine token, `mt_…` or a JWT whose subject is a machine.
    M2mToken,
    /// An OAuth access token, `oat_…` or a JWT of type `at+jwt`.
    OauthToken,
}

impl TokenType {
    /// Returns Clerk's string for the type, such as `session_token`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SessionToken => "session_token",
            Self::ApiKey => "api_key",
            Self::M2mToken => "m2m_token",
            Self::OauthToken => "oauth_token",
        }
    }
}

impl fmt::Display for TokenType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The part of a request that carries its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenCarrier {
    /// The `Authorization` header.
    Header,
    /// The session cookie.
    Cookie,
}

impl TokenCarrier {
    /// Returns Clerk's string for the carrier: `header` or `cookie`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// The types of token that a request may present, Clerk's `acceptsToken`. The default is session tokens.
///
/// ```
/// use clerk_runtime::token::{AcceptsToken, TokenType};
///
/// const SESSIONS_AND_KEYS: AcceptsToken = AcceptsToken::list(&[TokenType::SessionToken, TokenType::ApiKey]);
///
/// assert!(SESSIONS_AND_KEYS.accepts(TokenType::ApiKey));
/// assert!(!SESSIONS_AND_KEYS.accepts(TokenType::OauthToken));
/// assert!(AcceptsToken::ANY.accepts(TokenType::OauthToken));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AcceptsToken(Accepted);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Accepted {
    One(TokenType),
    /// One bit for each type.
    List(u8),
    Any,
}

impl AcceptsToken {
    /// Every type, Clerk's `any`.
    pub const ANY: Self = Self(Accepted::Any);
    /// Session tokens only.
    pub const SESSION: Self = Self::one(TokenType::SessionToken);

    /// Accepts one type. A machine token is then only read from the `Authorization` header.
    pub const fn one(token_type: TokenType) -> Self {
        Self(Accepted::One(token_type))
    }

    /// Accepts any of `types`. If the request carries another token type, the result is signed out and its `token_type()` is
    /// `None`.
    pub const fn list(types: &[TokenType]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < types.len() {
            bits |= bit(types[at]);
            at += 1;
        }
        Self(Accepted::List(bits))
    }

    /// Returns whether tokens of this type are accepted.
    pub const fn accepts(self, token_type: TokenType) -> bool {
        match self.0 {
            Accepted::One(one) => bit(one) == bit(token_type),
            Accepted::List(bits) => bits & bit(token_type) != 0,
            Accepted::Any => true,
        }
    }

    /// Returns the type if this was created with [`one`](Self::one). A list of one type returns `None`.
    pub const fn single(self) -> Option<TokenType> {
        match self.0 {
            Accepted::One(one) => Some(one),
            Accepted::List(_) | Accepted::Any => None,
        }
    }

    pub(crate) fn is_list(self) -> bool {
        matches!(self.0, Accepted::List(_))
    }
}

const fn bit(token_type: TokenType) -> u8 {
    1 << token_type as u8
}

impl Default for AcceptsToken {
    fn default() -> Self {
        Self::SESSION
    }
}

impl From<TokenType> for AcceptsToken {
    fn from(token_type: TokenType) -> Self {
        Self::one(token_type)
    }
}

impl fmt::Debug for AcceptsToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AcceptsToken({self})")
    }
}

/// Clerk's strings for the types, as in `session_token or api_key`; `any token` for all of them.
impl fmt::Display for AcceptsToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const ALL: [TokenType; 4] = [
            TokenType::SessionToken,
            TokenType::ApiKey,
            TokenType::M2mToken,
            TokenType::OauthToken,
        ];
        if self.0 == Accepted::Any {
            return f.write_str("any token");
        }
        let accepted = ALL.iter().filter(|one| self.accepts(**one));
        for (index, one) in accepted.enumerate() {
            write!(f, "{}{one}", if index == 0 { "" } else { " or " })?;
        }
        Ok(())
    }
}

/// The kind of a token in the `Authorization` header, classified before verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Any token that is not a machine token; verified as a session token.
    Session,
    /// A machine token that Clerk's Backend API has to verify.
    Opaque(TokenType),
    /// A machine token that this crate verifies.
    Jwt(TokenType),
}

impl TokenKind {
    /// Classifies a token by its prefix or, for a JWT, by its unverified subject and `typ`.
    pub(crate) fn classify(token: &str) -> Self {
        let prefixed = if token.starts_with("mt_") {
            Some(TokenType::M2mToken)
        } else if token.starts_with("oat_") {
            Some(TokenType::OauthToken)
        } else if token.starts_with("ak_") {
            Some(TokenType::ApiKey)
        } else {
            None
        };
        let jwt_type = || {
            let jwt = UnverifiedJwt::parse_nullable(token).ok()?;
            has_jwt_form(token).then(|| machine_token_type(&jwt))?
        };
        match prefixed {
            // A JWT can start like a key by chance.
            Some(prefixed) if has_jwt_form(token) => Self::Jwt(prefixed),
            Some(prefixed) => Self::Opaque(prefixed),
            None => jwt_type().map_or(Self::Session, Self::Jwt),
        }
    }

    pub(crate) fn token_type(self) -> TokenType {
        match self {
            Self::Session => TokenType::SessionToken,
            Self::Opaque(token_type) | Self::Jwt(token_type) => token_type,
        }
    }
}

/// Returns whether a token consists of three runs of base64url characters separated by dots.
fn has_jwt_form(token: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    token.split('.').count() == 3 && token.split('.').all(is_part)
}

/// Returns `true` unless a token states another class than that of session tokens.
pub(crate) fn is_session(jwt: &UnverifiedJwt<'_>) -> bool {
    machine_token_type(jwt).is_none() && jwt.category().may_be_session()
}

/// Returns the type of a machine token by its unverified subject and `typ`, or `None` for any other JWT.
pub(crate) fn machine_token_type(jwt: &UnverifiedJwt<'_>) -> Option<TokenType> {
    if jwt
        .claims()
        .sub()
        .as_str()
        .is_some_and(|sub| sub.starts_with("mch_"))
    {
        return Some(TokenType::M2mToken);
    }
    match jwt.typ() {
        JsonField::Present("at+jwt" | "application/at+jwt") => Some(TokenType::OauthToken),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_classified_by_their_prefix() {
        use TokenKind::{Jwt, Opaque, Session};
        for (token, expected) in [
            ("mt_1", Opaque(TokenType::M2mToken)),
            ("oat_1", Opaque(TokenType::OauthToken)),
            ("ak_1/2=", Opaque(TokenType::ApiKey)),
            ("ak_a.b.c", Jwt(TokenType::ApiKey)),
            ("ak_a.b.", Opaque(TokenType::ApiKey)),
            ("AK_1", Session),
            ("a.b.c", Session),
            ("", Session),
        ] {
            assert_eq!(TokenKind::classify(token), expected, "{token}");
        }
    }
}
