//! What each parameter of a handler is.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, FnArg, Generics, Pat, PatType, Type};

use crate::body::{self, Caller};
use crate::body_type;
use crate::distance::nearest;
use crate::injected::{self, Injected};
use crate::marks::Marks;
use crate::not_extracted;
use crate::report::Report;
use crate::shape;
use crate::slot::{Slot, slot_names};

/// A parameter.
pub(crate) enum Parameter {
    /// Axum's, emitted as it is.
    Extracted {
        parameter: PatType,
        /// Set if `#[extract]` says so.
        is_marked: bool,
    },
    /// Comes from the auth object.
    Injected(Box<Injected>),
    /// With a mistake that was reported. Its name must go on existing, or the mistake would be followed by one for each
    /// use.
    Broken(PatType),
}

/// Sorts the parameters, and finds slots that are asked for twice.
pub(crate) fn classify<'a>(
    inputs: impl IntoIterator<Item = &'a FnArg>,
    generics: &Generics,
    report: &mut Report,
) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for input in inputs {
        let FnArg::Typed(parameter) = input else { continue };
        let parameter = classify_one(parameter.clone(), generics, report);
        if let Parameter::Injected(this) = &parameter {
            let is_conditional = |injected: &Injected| !injected.cfgs().is_empty();
            let earlier = parameters.iter().any(|earlier| match earlier {
                // Two with conditions may exclude each other.
                Parameter::Injected(earlier) => {
                    earlier.slot == this.slot && !(is_conditional(earlier) && is_conditional(this))
                }
                _ => false,
            });
            if earlier {
                report.at(
                    &this.pat,
                    format!(
                        "`{}` is injected twice: remove one of the two parameters, or mark one with `#[extract]`",
                        this.slot.name()
                    ),
                );
            }
        }
        parameters.push(parameter);
    }
    parameters
}

fn classify_one(mut parameter: PatType, generics: &Generics, report: &mut Report) -> Parameter {
    let marked = match Marks::take(&mut parameter.attrs, report) {
        Ok(Marks::Extract) => {
            return Parameter::Extracted {
                parameter,
                is_marked: true,
            };
        }
        Ok(Marks::Slot(slot)) => Some(slot),
        Ok(Marks::None) => None,
        Err(()) => return Parameter::Broken(parameter),
    };
    let name = name_of(&parameter.pat);
    let by_name = || Slot::of_name(&stripped(name.as_ref()?));
    let by_type = || Slot::of_type(&shape::last_segment(shape::core(&parameter.ty))?.ident.to_string());
    let checked = match marked.or_else(by_name).or_else(by_type) {
        None => check_extracted(&parameter, name.as_ref()).map(|()| None),
        Some(slot) => {
            if let (None, Some(name)) = (marked, &name)
                && let Some(error) = extractor_named_as(slot, name, &parameter.ty)
            {
                report.add(error);
                return Parameter::Extracted {
                    parameter,
                    is_marked: true,
                };
            }
            let PatType { attrs, pat, ty, .. } = parameter.clone();
            let injected = Injected {
                slot,
                is_marked: marked.is_some(),
                attrs,
                pat: *pat,
                ty: *ty,
            };
            injected::check(&injected, generics).map(|()| Some(injected))
        }
    };
    match checked {
        Ok(None) => Parameter::Extracted {
            parameter,
            is_marked: false,
        },
        Ok(Some(injected)) => Parameter::Injected(Box::new(injected)),
        Err(error) => {
            report.add(error);
            Parameter::Broken(parameter)
        }
    }
}

/// Sorts the parameters of a handler that anyone may call. Nothing there says who does, so what looks as if it did is
/// refused.
pub(crate) fn classify_open<'a>(
    inputs: impl IntoIterator<Item = &'a FnArg>,
    report: &mut Report,
) -> Vec<Parameter> {
    let parameters = inputs.into_iter().filter_map(|input| match input {
        FnArg::Typed(parameter) => Some(parameter),
        FnArg::Receiver(_) => None,
    });
    parameters
        .map(|parameter| {
            let mut bare = parameter.clone();
            let checked = match Marks::take(&mut bare.attrs, report) {
                Ok(Marks::Extract) => Ok(true),
                Ok(Marks::Slot(_)) => Err(injected_nowhere(slot_mark(parameter))),
                Ok(Marks::None) => check_open(&bare).map(|()| false),
                Err(()) => return Parameter::Broken(bare),
            };
            match checked {
                Ok(is_marked) => Parameter::Extracted {
                    parameter: bare,
                    is_marked,
                },
                Err(error) => {
                    report.add(error);
                    Parameter::Broken(bare)
                }
            }
        })
        .collect()
}

fn slot_mark(parameter: &PatType) -> Option<&Attribute> {
    parameter.attrs.iter().find(|attr| attr.path().is_ident("auth"))
}

fn injected_nowhere(tokens: impl ToTokens) -> syn::Error {
    syn::Error::new_spanned(
        tokens,
        "nothing is injected into a public handler: take `auth: Auth`, which tells who calls if somebody is signed in, \
         or write `#[protected]`",
    )
}

fn check_open(parameter: &PatType) -> syn::Result<()> {
    let ty = &*parameter.ty;
    let name = name_of(&parameter.pat);
    let by_name = name
        .as_ref()
        .and_then(|name| Some((name, Slot::of_name(&stripped(name))?)));
    if let Some((name, slot)) = by_name
        && body_type::is_text_or_bytes(ty)
    {
        let message = format!(
            "a public handler is given no `{}`, so this would be read from the body of the request: take `auth: Auth`, or \
             write `#[protected]`",
            slot.name()
        );
        return Err(syn::Error::new_spanned(name, message));
    }
    if ["UserId", "SessionAuth", "Guard"]
        .into_iter()
        .any(|refusing| shape::is_named(ty, refusing))
    {
        return Err(syn::Error::new_spanned(
            ty,
            "this turns away whoever is not signed in, but `#[public]` says that anyone may call: take `auth: Auth`, or \
             write `#[protected]`",
        ));
    }
    let is_extractor = shape::is_named(ty, "Auth")
        || shape::argument(ty, "Option").is_some_and(|inner| shape::is_named(inner, "SessionAuth"));
    let is_slot = shape::last_segment(shape::core(ty))
        .is_some_and(|segment| Slot::of_type(&segment.ident.to_string()).is_some());
    if is_slot && !is_extractor {
        return Err(injected_nowhere(ty));
    }
    body::check(parameter, Caller::Anyone)?;
    not_extracted::check(parameter, Caller::Anyone)
}

/// Refuses an extractor under the name of a slot: which of the two was meant cannot be told.
fn extractor_named_as(slot: Slot, name: &Ident, ty: &Type) -> Option<syn::Error> {
    let (extractor, destructures) = shape::extractor(ty)?;
    let rename = if destructures {
        format!("write `{extractor}({name}): {extractor}<..>`, rename the parameter")
    } else {
        "rename the parameter".into()
    };
    let message = format!(
        "`{name}` stands for {}, but `{extractor}` is an extractor: {rename}, or mark it with `#[extract]`",
        slot.what()
    );
    Some(syn::Error::new_spanned(name, message))
}

/// The name that a parameter's pattern binds it to as a whole.
pub(crate) fn name_of(pat: &Pat) -> Option<Ident> {
    match pat {
        Pat::Ident(pat) => Some(pat.ident.clone()),
        Pat::Paren(pat) => name_of(&pat.pat),
        _ => None,
    }
}

/// A name without leading underscores.
pub(crate) fn stripped(name: &Ident) -> String {
    name.unraw().to_string().trim_start_matches('_').to_owned()
}

/// Rules for parameters that are left to axum.
fn check_extracted(parameter: &PatType, name: Option<&Ident>) -> syn::Result<()> {
    if let Some(name) = name
        && body_type::is_text_or_bytes(&parameter.ty)
        && let Some(slot) = nearest(&stripped(name), Slot::ALL.map(Slot::name))
    {
        // Anybody can write a body, so it must not be taken for what the token says.
        let (danger, otherwise) = if body_type::is_read_from_body(&parameter.ty) {
            (
                ", so it would be read from the body of the request",
                "If the body is meant, call it `body`, or mark it with `#[extract]`",
            )
        } else {
            ("", "If not, mark it with `#[extract]`, or rename it")
        };
        let message = format!("`{name}` is not a slot{danger}: did you mean `{slot}`? {otherwise}");
        return Err(syn::Error::new_spanned(name, message));
    }
    body::check(parameter, Caller::SignedIn)?;
    not_extracted::check(parameter, Caller::SignedIn)?;
    if matches!(shape::bare(&parameter.ty), Type::Reference(_)) {
        return Err(syn::Error::new_spanned(
            &parameter.ty,
            format!(
                "axum cannot extract a reference, and only {} are lent to a handler: take the value itself, or name \
                 the slot, as in `#[auth(user_id)]`",
                slot_names()
            ),
        ));
    }
    Ok(())
}
