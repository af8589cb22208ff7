use std::fmt;

use super::UnverifiedJwt;
use super::unverified::HeaderMember;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Category {
    /// A session, or nothing that says otherwise.
    Session,
    /// A machine-to-machine token.
    M2m,
    /// A JWT-template token, or a class made up since.
    Other,
}

const SESSION: &str = "cl_B7d4PD111AAA";
const M2M: &str = "cl_B7d4PD333AAA";
/// Stamped on every class by instances that opted out of categories.
const UNSTATED: &str = "cl_I7d4PD111III";

impl Category {
    pub(super) fn of(cat: &HeaderMember) -> Self {
        match cat {
            HeaderMember::Absent => Self::Session,
            HeaderMember::Text(cat) if matches!(&**cat, SESSION | UNSTATED) => Self::Session,
            HeaderMember::Text(cat) if **cat == *M2M => Self::M2m,
            HeaderMember::Text(_) | HeaderMember::Odd => Self::Other,
        }
    }
}

/// The machine-token type of a JWT, judged by its unverified subject and `typ`, or `None` for any other JWT.
pub(crate) fn machine_token_type(jwt: &UnverifiedJwt<'_>) -> Option<TokenType> {
    if jwt.claims().sub.text().is_some_and(|sub| sub.starts_with("mch_")) {
        return Some(TokenType::M2mToken);
    }
    match jwt.typ() {
        HeaderMember::Text(typ) if matches!(&**typ, "at+jwt" | "application/at+jwt") => {
            Some(TokenType::OauthToken)
        }
        _ => None,
    }
}
