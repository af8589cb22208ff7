//! Checks the return type of a handler.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Generics, ReturnType, Type};

use crate::report::Report;
use crate::runtime::{Runtime, shown_at};
use crate::shape;

/// Types that are responses whatever stands in them.
const RESPONSES: [&str; 6] = ["String", "StatusCode", "Response", "Html", "Redirect", "Bytes"];

/// Writes a constant that does not compile, with a message of ours, if what a handler returns is no response. Refuses a
/// borrowed value, as there is nothing that it could be borrowed from.
pub(crate) fn check(
    output: &ReturnType,
    generics: &Generics,
    cfgs: &[Attribute],
    runtime: &Runtime,
    report: &mut Report,
) -> TokenStream {
    let ReturnType::Type(_, ty) = output else {
        return TokenStream::new();
    };
    if RESPONSES.into_iter().any(|name| shape::is_named(ty, name)) || shape::has_impl(ty) {
        return TokenStream::new();
    }
    let tokens = quote!(#ty);
    if let Some(borrow) = borrowed(tokens.clone()) {
        report.at(
            borrow,
            "a handler is given nothing that it could return a reference to: return an owned value, such as `String`, or a \
             `&'static str`",
        );
        return TokenStream::new();
    }
    if shape::foreign(tokens, generics).is_some() || !matches!(shape::bare(ty), Type::Path(_)) {
        return TokenStream::new();
    }
    let at = Span::call_site().located_at(ty.span());
    let is_response = shown_at(at, runtime.item("is_response"));
    let call = quote_spanned!(at=> #is_response::<#ty>());
    quote!(#(#cfgs)* const _: () = #call;)
}

/// The `&` of a reference without lifetime. What is in brackets, as in `Box<dyn Fn(&str)>`, has its own.
fn borrowed(tokens: TokenStream) -> Option<TokenTree> {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_lifetime = |next: Option<&TokenTree>| matches!(next, Some(TokenTree::Punct(punct)) if punct.as_char() == '\'');
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '&') && !is_lifetime(tokens.peek())
        {
            return Some(token);
        }
    }
    None
}
