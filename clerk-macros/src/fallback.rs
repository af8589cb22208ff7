//! What becomes of an item that `#[handlers]` makes nothing of.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Meta;

use crate::check;

/// The item without our attributes in its braces, where they would be followed by errors of their own. In a module they
/// are in their place.
pub(crate) fn without_statements(item: TokenStream) -> TokenStream {
    let is_module = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "mod");
    if item.clone().into_iter().any(|token| is_module(&token)) {
        return item;
    }
    let item = item.into_iter().map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            let mut braces = Group::new(Delimiter::Brace, without_ours(group.stream()));
            braces.set_span(group.span());
            braces.into()
        }
        token => token,
    });
    item.collect()
}

fn without_ours(tokens: TokenStream) -> TokenStream {
    let mut kept = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_hash = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        match tokens.peek() {
            Some(TokenTree::Group(group)) if is_hash && is_ours(group) => drop(tokens.next()),
            _ => token.to_tokens(&mut kept),
        }
    }
    kept
}

fn is_ours(brackets: &Group) -> bool {
    let meta = syn::parse2::<Meta>(brackets.stream());
    meta.is_ok_and(|meta| {
        meta.path()
            .segments
            .last()
            .is_some_and(|last| check::attribute(&last.ident).is_some())
    })
}
