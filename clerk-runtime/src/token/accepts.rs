use std::fmt;

use super::TokenType;

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
pub struct AcceptsToken(Kind);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    One(TokenType),
    /// One bit for each type.
    List(u8),
    Any,
}

impl AcceptsToken {
    /// Every type, Clerk's `any`.
    pub const ANY: Self = Self(Kind::Any);
    /// Session tokens only.
    pub const SESSION: Self = Self::one(TokenType::SessionToken);

    /// Accepts one type. A machine token is then only read from the `Authorization` header.
    pub const fn one(token_type: TokenType) -> Self {
        Self(Kind::One(token_type))
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
        Self(Kind::List(bits))
    }

    /// Returns whether tokens of this type are accepted.
    pub const fn accepts(self, token_type: TokenType) -> bool {
        match self.0 {
            Kind::One(one) => bit(one) == bit(token_type),
            Kind::List(bits) => bits & bit(token_type) != 0,
            Kind::Any => true,
        }
    }

    /// Returns the type if this was created with [`one`](Self::one). A list of one type returns `None`.
    pub const fn single(self) -> Option<TokenType> {
        match self.0 {
            Kind::One(one) => Some(one),
            Kind::List(_) | Kind::Any => None,
        }
    }

    pub(crate) fn is_list(self) -> bool {
        matches!(self.0, Kind::List(_))
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
        if self.0 == Kind::Any {
            return f.write_str("any token");
        }
        let accepted = ALL.iter().filter(|one| self.accepts(**one));
        for (index, one) in accepted.enumerate() {
            write!(f, "{}{one}", if index == 0 { "" } else { " or " })?;
        }
        Ok(())
    }
}
