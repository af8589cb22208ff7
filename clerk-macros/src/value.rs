//! What follows the name of an argument, and how arguments are cut apart.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Token;
use syn::parse::{Parse, ParseStream};

use crate::names::{ARGUMENTS, NO_NOT, REQUIREMENTS};

/// What follows the name of an argument.
pub(crate) enum Value {
    None,
    /// After `=`.
    Assigned(TokenStream),
    /// In parentheses, and nothing after them.
    List(TokenStream),
    /// Anything else.
    Other(TokenStream),
}

impl Parse for Value {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.is_empty() {
            return Ok(Self::None);
        }
        if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            return Ok(Self::Assigned(input.parse()?));
        }
        let rest: TokenStream = input.parse()?;
        let mut tokens = rest.clone().into_iter();
        Ok(match (tokens.next(), tokens.next()) {
            (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::Parenthesis => {
                Self::List(group.stream())
            }
            _ => Self::Other(rest),
        })
    }
}

impl Value {
    /// Returns the error for an argument that is compared with its value, and the tokens to show it at.
    pub(crate) fn comparison(&self, name: &str) -> Option<(TokenStream, String)> {
        let (Self::Assigned(tokens) | Self::Other(tokens)) = self else {
            return None;
        };
        if !REQUIREMENTS
            .into_iter()
            .chain(ARGUMENTS)
            .any(|known| known == name)
        {
            return None;
        }
        let mut rest = tokens.clone().into_iter();
        let operator = |token: Option<TokenTree>| match token {
            Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
            _ => None,
        };
        match (self, operator(rest.next()), operator(rest.next())) {
            (_, Some('!'), _) | (Self::Other(_), Some('<'), Some('>')) => {
                Some((tokens.clone(), NO_NOT.into()))
            }
            (Self::Assigned(_), Some('='), _) => {
                let key: TokenStream = tokens
                    .clone()
                    .into_iter()
                    .skip_while(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '='))
                    .collect();
                Some((
                    tokens.clone(),
                    format!("an argument is given with one `=`: write `{name} = {key}`"),
                ))
            }
            _ => None,
        }
    }

    /// What stands behind `=`.
    pub(crate) fn assigned(self, key: &Ident, expected: &str) -> syn::Result<TokenStream> {
        match self {
            Self::Assigned(tokens) if !tokens.is_empty() => Ok(tokens),
            Self::List(tokens) | Self::Other(tokens) if !tokens.is_empty() => {
                Err(syn::Error::new_spanned(tokens, expected))
            }
            _ => Err(syn::Error::new_spanned(key, expected)),
        }
    }

    /// What stands in parentheses.
    pub(crate) fn list(self, key: &Ident, expected: &str) -> syn::Result<TokenStream> {
        match self {
            Self::List(tokens) => Ok(tokens),
            Self::Assigned(tokens) | Self::Other(tokens) if !tokens.is_empty() => {
                Err(syn::Error::new_spanned(tokens, expected))
            }
            _ => Err(syn::Error::new_spanned(key, expected)),
        }
    }
}

/// Cuts at commas that stand outside of all brackets.
pub(crate) fn split_at_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    let mut angles = 0_usize;
    for token in ungrouped(tokens) {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ',' && angles == 0 => {
                parts.push(TokenStream::new());
                continue;
            }
            TokenTree::Punct(punct) if punct.as_char() == '<' => angles += 1,
            TokenTree::Punct(punct) if punct.as_char() == '>' => angles = angles.saturating_sub(1),
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            token.to_tokens(part);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Takes tokens out of the invisible groups that `macro_rules` fragments come in.
fn ungrouped(tokens: TokenStream) -> Vec<TokenTree> {
    let mut flat = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                flat.extend(ungrouped(group.stream()))
            }
            token => flat.push(token),
        }
    }
    flat
}
