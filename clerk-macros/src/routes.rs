//! `openapi::routes!` of the runtime.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Path, Token};

/// Expands what the runtime's `macro_rules` pass on: where the runtime is, and handlers by their paths.
pub(crate) fn routes(input: TokenStream) -> TokenStream {
    match syn::parse2::<Routes>(input) {
        Ok(routes) => routes.expand(),
        Err(error) => error.into_compile_error(),
    }
}

struct Routes {
    runtime: TokenTree,
    handlers: Punctuated<Path, Token![,]>,
}

impl Parse for Routes {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let runtime = input.parse()?;
        let handlers = Punctuated::parse_terminated_with(input, |input| {
            Path::parse_mod_style(input).map_err(|error| syn::Error::new(error.span(), EXPECTED))
        })?;
        if handlers.is_empty() {
            return Err(syn::Error::new(Span::call_site(), EXPECTED));
        }
        Ok(Self { runtime, handlers })
    }
}

impl Routes {
    fn expand(&self) -> TokenStream {
        let Self { runtime, handlers } = self;
        let calls = handlers.iter().map(|handler| {
            let path = of_utoipa(handler);
            // So that a handler that is refused is what the compiler points at.
            quote_spanned!(Span::call_site().located_at(handler.span())=> .handler(#path, #handler))
        });
        quote!(#runtime::__private::OpenApiRoutes::new() #(#calls)* .into_parts())
    }
}

/// The type that `#[utoipa::path]` makes beside a handler.
fn of_utoipa(handler: &Path) -> Path {
    let mut path = handler.clone();
    if let Some(last) = path.segments.last_mut() {
        last.ident = format_ident!("__path_{}", last.ident.unraw(), span = last.ident.span());
    }
    path
}

const EXPECTED: &str = "expected handlers by their paths, as in `routes!(list, invoices::create)`";
