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

/// The class of token that the header parameter `cat` names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Category {
    /// The header has no `cat`.
    #[default]
    Absent,
    Session,
    M2m,
    /// The value that instances without categories give to tokens of every class.
    OptedOut,
    /// A JWT-template token, or a class that this version does not know.
    Other,
}

impl Category {
    /// Returns the class for a value of `cat`.
    pub(super) fn classify(cat: &str) -> Self {
        match cat {
            "cl_B7d4PD111AAA" => Self::Session,
            "cl_B7d4PD333AAA" => Self::M2m,
            "cl_I7d4PD111III" => Self::OptedOut,
            _ => Self::Other,
        }
    }

    /// Returns whether a session token can have this category.
    pub(crate) fn may_be_session(self) -> bool {
        matches!(self, Self::Absent | Self::Session | Self::OptedOut)
    }

    /// Returns whether a machine-to-machine token can have this category.
    pub(crate) fn may_be_m2m(self) -> bool {
        matches!(self, Self::Absent | Self::M2m)
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
            let jwt = UnverifiedJwt::parse(token).ok()?;
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
