//! Aliases of text and bytes, which only the compiler sees through.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Generics, PatType, Type};

use crate::body::{self, Caller};
use crate::body_type;
use crate::injected;
use crate::parameter::{Parameter, name_of};
use crate::runtime::{Runtime, shown_at};
use crate::shape;
use crate::slot::Slot;

/// Writes constants that do not compile if a type turns out to be one that axum reads from the body, under a name that is
/// not for a body. Nothing of them is left at run time.
///
/// Only the last parameter can be the body. What has a condition may not exist, so the one before it may be the last.
pub(crate) fn checks(
    parameters: &[Parameter],
    generics: &Generics,
    cfgs: &[Attribute],
    caller: Caller,
    runtime: &Runtime,
) -> TokenStream {
    let mut checks = TokenStream::new();
    for parameter in parameters.iter().rev() {
        let Parameter::Extracted { parameter, is_marked } = parameter else {
            continue;
        };
        if let Some(name) = name_of(&parameter.pat)
            && !is_marked
            && !body::is_body_name(&name)
            && is_alias_perhaps(&parameter.ty, generics)
        {
            checks.extend(check(&name, parameter, cfgs, caller, runtime));
        }
        if injected::conditions(&parameter.attrs).next().is_none() {
            break;
        }
    }
    checks
}

/// Returns whether a type could be an alias, and can be named beside the handler.
fn is_alias_perhaps(ty: &Type, generics: &Generics) -> bool {
    let is_slot = || {
        shape::last_segment(shape::core(ty))
            .is_some_and(|segment| Slot::of_type(&segment.ident.to_string()).is_some())
    };
    matches!(shape::bare(ty), Type::Path(_))
        && !body_type::is_text_or_bytes(ty)
        && shape::extractor(ty).is_none()
        && !is_slot()
        && shape::foreign(quote!(#ty), generics).is_none()
}

fn check(
    name: &Ident,
    parameter: &PatType,
    cfgs: &[Attribute],
    caller: Caller,
    runtime: &Runtime,
) -> TokenStream {
    let ty = &parameter.ty;
    let conditions = injected::conditions(&parameter.attrs);
    let [look, otherwise] = ["IsBody", "IsNoBody"].map(|name| runtime.item(name));
    // Braces would be taken for arguments.
    let message = body::read_from_body(name, caller).replace(['{', '}'], "");
    let last = shape::last_segment(ty).map_or_else(|| ty.span(), |segment| segment.ident.span());
    let at = Span::mixed_site().located_at(last);
    // The type stays where it is: what is wrong with it is then said once, here and at the parameter.
    let (look, is_body) = (shown_at(at, look), quote_spanned!(at=> IS_BODY));
    let refused = quote_spanned!(at=> ::core::panic!(#message));
    quote! {
        #(#cfgs)*
        #(#conditions)*
        const _: () = {
            use #otherwise as _;
            if #look::<#ty>::#is_body { #refused }
        };
    }
}
