//! Where the runtime is. All paths in the output start here or at `::core`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Path;
use syn::spanned::Spanned;

/// Where the runtime is.
pub(crate) struct Runtime {
    root: TokenStream,
    /// Blamed if nothing is there.
    span: Span,
}

impl Runtime {
    pub(crate) fn new(path: Option<&Path>) -> Self {
        match path {
            Some(path) => Self {
                span: Span::call_site().located_at(path.span()),
                root: path.to_token_stream(),
            },
            None => Self {
                span: Span::call_site(),
                root: quote!(::clerk_runtime),
            },
        }
    }

    /// Something of what is there for the macros.
    pub(crate) fn item(&self, name: &str) -> TokenStream {
        let Self { root, .. } = self;
        let private = Ident::new("__private", self.span);
        let name = Ident::new(name, Span::call_site());
        quote!(#root::#private::#name)
    }
}

/// The same tokens, shown in messages as if they stood at `span`.
pub(crate) fn shown_at(span: Span, tokens: TokenStream) -> TokenStream {
    let moved = tokens.into_iter().map(|mut token| {
        token.set_span(token.span().located_at(span));
        token
    });
    moved.collect()
}
