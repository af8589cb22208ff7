//! Constants of the user's in place of texts.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ExprPath;

use crate::injected::SELF_TYPE;
use crate::runtime::shown_at;
use crate::shape;

/// A constant of the user's beside the type that it has to be of: rustc then shows one of another type and the argument's
/// name, and nothing of what they are put into.
pub(crate) fn typed(constant: &ExprPath, ty: TokenStream, word: &Ident) -> TokenStream {
    let ty = shown_at(word.span(), ty);
    quote!(const { let __clerk_key: #ty = #constant; __clerk_key })
}

/// A constant as it is named outside of the `impl` block that the handler may stand in.
pub(crate) fn nameable(path: ExprPath) -> syn::Result<ExprPath> {
    match shape::find_self_type(path.to_token_stream()) {
        Some(token) => Err(syn::Error::new_spanned(token, SELF_TYPE)),
        None => Ok(path),
    }
}
