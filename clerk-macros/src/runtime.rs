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
        self.item_at(name, Span::call_site())
    }

    /// The same, blamed at `span`.
    pub(crate) fn item_at(&self, name: &str, span: Span) -> TokenStream {
        let Self { root, .. } = self;
        let private = Ident::new("__private", self.span);
        let name = Ident::new(name, span);
        quote!(#root::#private::#name)
    }
}
