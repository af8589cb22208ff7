//! `token = ..`: which types of token a handler accepts.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Ident, LitStr, Token, parenthesized};

use crate::distance::nearest;

/// A type of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenType {
    Session,
    ApiKey,
    M2m,
    Oauth,
}

impl TokenType {
    pub(crate) const ALL: [Self; 4] = [Self::Session, Self::ApiKey, Self::M2m, Self::Oauth];

    pub(crate) const MACHINES: [Self; 3] = [Self::ApiKey, Self::M2m, Self::Oauth];

    /// With an article, for messages.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::Session => "a session",
            Self::ApiKey => "an API key",
            Self::M2m => "a machine-to-machine token",
            Self::Oauth => "an OAuth token",
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Session => "session_token",
            Self::ApiKey => "api_key",
            Self::M2m => "m2m_token",
            Self::Oauth => "oauth_token",
        }
    }

    /// The variant of the runtime's `TokenType`.
    fn variant(self) -> TokenStream {
        match self {
            Self::Session => quote!(SessionToken),
            Self::ApiKey => quote!(ApiKey),
            Self::M2m => quote!(M2mToken),
            Self::Oauth => quote!(OauthToken),
        }
    }

    fn parse(text: &LitStr) -> syn::Result<Self> {
        let value = text.value();
        if let Some(found) = Self::ALL.into_iter().find(|one| one.name() == value) {
            return Ok(found);
        }
        let names = Self::ALL.map(|one| format!("`{:?}`", one.name())).join(", ");
        let advice = match nearest(&value, Self::ALL.map(Self::name)) {
            Some(near) => format!("did you mean `{near:?}`?"),
            None => format!("write one of {names}, or `\"any\"`"),
        };
        Err(syn::Error::new_spanned(
            text,
            format!("there is no type of token {value:?}: {advice}"),
        ))
    }
}

/// What is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Accepts {
    One(TokenType),
    List(Vec<TokenType>),
    Any,
}

impl Default for Accepts {
    fn default() -> Self {
        Self::One(TokenType::Session)
    }
}

impl Accepts {
    /// Reads what stands behind `token =`.
    pub(crate) fn parse(tokens: TokenStream) -> syn::Result<Self> {
        const EXPECTED: &str = "`token` takes a type of token: `token = \"api_key\"`, or several: `token = any(\"session_token\", \"api_key\")`";
        if let Ok(text) = syn::parse2::<LitStr>(tokens.clone()) {
            return match text.value().as_str() {
                "any" => Ok(Self::Any),
                _ => TokenType::parse(&text).map(Self::One),
            };
        }
        let wrong = |tokens: &TokenStream| {
            let message = match tokens.clone().into_iter().next() {
                Some(TokenTree::Group(_)) => {
                    "several types of token are a list: write `token = any(\"session_token\", \"api_key\")`"
                }
                Some(TokenTree::Ident(_)) => {
                    "a type of token is written in quotes: `token = \"api_key\"`, `\"m2m_token\"`, `\"oauth_token\"`, `\"session_token\"`, or `any(\"session_token\", \"api_key\")`"
                }
                _ => EXPECTED,
            };
            syn::Error::new_spanned(tokens, message)
        };
        let AnyOf { any, list } = syn::parse2(tokens.clone()).map_err(|_| wrong(&tokens))?;
        let texts = Punctuated::parse_terminated
            .parse2(list.clone())
            .map_err(|_| wrong(&list))?;
        Self::list(&any, &texts)
    }

    fn list(any: &Ident, texts: &Punctuated<LitStr, Token![,]>) -> syn::Result<Self> {
        let mut types = Vec::new();
        for text in texts {
            let one = TokenType::parse(text)?;
            if types.contains(&one) {
                return Err(syn::Error::new_spanned(
                    text,
                    format!("`{:?}` is accepted twice: remove one", one.name()),
                ));
            }
            types.push(one);
        }
        if types.is_empty() {
            return Err(syn::Error::new_spanned(
                any,
                "`any(..)` of nothing accepts nobody: list types of token, as in `any(\"session_token\", \"api_key\")`",
            ));
        }
        Ok(Self::List(types))
    }

    pub(crate) fn accepts(&self, one: TokenType) -> bool {
        match self {
            Self::One(own) => *own == one,
            Self::List(types) => types.contains(&one),
            Self::Any => true,
        }
    }

    /// Whether only some of these are accepted.
    pub(crate) fn is_within(&self, types: &[TokenType]) -> bool {
        TokenType::ALL
            .iter()
            .all(|one| !self.accepts(*one) || types.contains(one))
    }

    /// The first accepted type that is one of these.
    pub(crate) fn first_of(&self, types: &[TokenType]) -> Option<TokenType> {
        types.iter().copied().find(|one| self.accepts(*one))
    }

    /// The constant of the policy, where `accepts` and `token_type` name the runtime's types.
    pub(crate) fn expression(&self, accepts: &TokenStream, token_type: &TokenStream) -> TokenStream {
        match self {
            Self::One(one) => {
                let variant = one.variant();
                quote!(#accepts::one(#token_type::#variant))
            }
            Self::List(types) => {
                let variants = types.iter().map(|one| one.variant());
                quote!(#accepts::list(&[#(#token_type::#variants),*]))
            }
            Self::Any => quote!(#accepts::ANY),
        }
    }

    /// As the runtime shows it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::One(one) => one.name().to_owned(),
            Self::List(types) => {
                let in_order = TokenType::ALL.into_iter().filter(|one| types.contains(one));
                in_order.map(TokenType::name).collect::<Vec<_>>().join(" or ")
            }
            Self::Any => "any token".to_owned(),
        }
    }
}

/// `any(..)`, the list not read yet.
struct AnyOf {
    any: Ident,
    list: TokenStream,
}

impl Parse for AnyOf {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let any: Ident = input.parse()?;
        if any != "any" {
            return Err(syn::Error::new_spanned(any, "expected `any`"));
        }
        let list;
        parenthesized!(list in input);
        Ok(Self {
            any,
            list: list.parse()?,
        })
    }
}
