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
    /// Clerk's string for it, such as `session_token`.
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

/// Where a request carries its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenCarrier {
    /// The `Authorization` header.
    Header,
    /// The session cookie.
    Cookie,
}

impl TokenCarrier {
    /// Clerk's string for it: `header` or `cookie`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// The class that the JOSE header's `cat` states.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Category {
    /// There is no `cat`.
    #[default]
    Absent,
    Session,
    M2m,
    /// Stamped on every class by instances that opted out of categories.
    OptedOut,
    /// A JWT-template token, or a class made up since.
    Other,
}

impl Category {
    /// What a text in `cat` states.
    pub(super) fn of(cat: &str) -> Self {
        match cat {
            "cl_B7d4PD111AAA" => Self::Session,
            "cl_B7d4PD333AAA" => Self::M2m,
            "cl_I7d4PD111III" => Self::OptedOut,
            _ => Self::Other,
        }
    }

    /// Whether it may be a session's: nothing says otherwise.
    pub(crate) fn may_be_session(self) -> bool {
        matches!(self, Self::Absent | Self::Session | Self::OptedOut)
    }

    /// Whether it may be a machine's.
    pub(crate) fn may_be_m2m(self) -> bool {
        matches!(self, Self::Absent | Self::M2m)
    }
}

/// What a header token is, before anything of it is verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// To be verified as a session token, whatever it is.
    Session,
    /// A machine token that Clerk has to be asked about.
    Opaque(TokenType),
    /// A machine token that is verified here.
    Jwt(TokenType),
}

impl TokenKind {
    /// Judged by its prefix or, for a JWT, by its unverified subject and `typ`.
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
            // A JWT that happens to begin like a key is verified as what it is.
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

/// Three runs of base64url with dots between them.
fn has_jwt_form(token: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    token.split('.').count() == 3 && token.split('.').all(is_part)
}

/// The machine-token type of a JWT, judged by its unverified subject and `typ`, or `None` for any other JWT.
pub(crate) fn machine_token_type(jwt: &UnverifiedJwt<'_>) -> Option<TokenType> {
    if jwt
        .claims()
        .sub()
        .text()
        .is_some_and(|sub| sub.starts_with("mch_"))
    {
        return Some(TokenType::M2mToken);
    }
    match jwt.typ() {
        JsonField::Text("at+jwt" | "application/at+jwt") => Some(TokenType::OauthToken),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_told_apart_by_their_prefix() {
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
