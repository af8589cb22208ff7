//! Rules for parameters that axum extracts: as far as their types' names tell, and with `state = ..` by their types.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Generics, PatType, Type};

use crate::injected;
use crate::parameter::Parameter;
use crate::report::Report;
use crate::runtime::{Runtime, shown_at};
use crate::shape;

/// Types of axum, axum-extra and ours that take the body of a request. There is one body, and axum takes it last.
const BODIES: [&str; 12] = [
    "Json",
    "Form",
    "RawForm",
    "Multipart",
    "Bytes",
    "BytesMut",
    "String",
    "Body",
    "Request",
    "Protobuf",
    "MsgPack",
    "Webhook",
];

/// Refuses a parameter that takes the body where another one follows it. `#[extract]` says that a type only has such a name.
pub(crate) fn body_is_last(parameters: &[Parameter], report: &mut Report) {
    let extracted: Vec<(&PatType, bool)> = parameters
        .iter()
        .filter_map(|parameter| match parameter {
            Parameter::Extracted { parameter, is_marked } => Some((parameter, *is_marked)),
            Parameter::Injected(_) | Parameter::Broken(_) => None,
        })
        .collect();
    for (index, (parameter, is_marked)) in extracted.iter().enumerate() {
        let Some(name) = body(&parameter.ty).filter(|_| !is_marked) else {
            continue;
        };
        let is_there = |other: &&(&PatType, bool)| injected::conditions(&other.0.attrs).next().is_none();
        let Some((_, later)) = extracted.split_at_checked(index + 1) else {
            continue;
        };
        let mut later = later.iter().filter(is_there);
        let Some((next, _)) = later.next() else { continue };
        let another = [next]
            .into_iter()
            .chain(later.map(|(later, _)| later))
            .find_map(|later| body(&later.ty));
        let message = match another {
            Some(other) => format!(
                "`{name}` and `{other}` both take the body of the request, which is there once: keep one of them, at the end"
            ),
            None => format!(
                "`{name}` takes the body of the request, which axum does last: move this parameter to the end, or mark it with \
                 `#[extract]` if it does not"
            ),
        };
        report.at(&parameter.ty, message);
    }
}

/// The name of a type that takes the body, also in an `Option` or a `Result`.
fn body(ty: &Type) -> Option<&'static str> {
    let inner = shape::argument(ty, "Option")
        .or_else(|| shape::argument(ty, "Result"))
        .unwrap_or(ty);
    BODIES.into_iter().find(|body| shape::is_named(inner, body))
}

/// Writes constants that do not compile where a parameter cannot be extracted with the state of the router. Each is blamed for
/// itself then, and not the whole handler.
pub(crate) fn checks(
    parameters: &[Parameter],
    state: Option<&Type>,
    generics: &Generics,
    cfgs: &[Attribute],
    runtime: &Runtime,
) -> TokenStream {
    let Some(state) = state else {
        return TokenStream::new();
    };
    let mut is_last = true;
    let mut checks = TokenStream::new();
    for parameter in parameters.iter().rev() {
        let Parameter::Extracted { parameter, .. } = parameter else {
            continue;
        };
        let ty = &parameter.ty;
        if shape::foreign(ty.to_token_stream(), generics).is_none() {
            let at = Span::call_site().located_at(ty.span());
            let (name, mark) = if is_last {
                ("extracts_last", Some(quote!(, _)))
            } else {
                ("extracts", None)
            };
            let extracts = shown_at(at, runtime.item(name));
            let conditions = injected::conditions(&parameter.attrs);
            let call = quote_spanned!(at=> #extracts::<#ty, #state #mark>());
            checks.extend(quote!(#(#cfgs)* #(#conditions)* const _: () = #call;));
        }
        // What has a condition may not exist, and then the one before it is the last.
        is_last &= injected::conditions(&parameter.attrs).next().is_some();
    }
    checks
}
