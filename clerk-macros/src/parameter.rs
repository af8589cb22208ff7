//! What each parameter of a handler is.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{Attribute, FnArg, Generics, Meta, Pat, PatType, Token, Type};

use crate::distance::nearest;
use crate::report::Report;
use crate::shape::{self, Foreign};
use crate::slot::Slot;

/// A parameter.
pub(crate) enum Parameter {
    /// Axum's, emitted as it is.
    Extracted(PatType),
    /// Comes from the auth object.
    Injected(Injected),
    /// Meant to be injected, with a mistake that was reported. Its name must go on existing, or the mistake would be
    /// followed by one for each use.
    Broken(PatType),
}

/// A parameter that the policy provides.
pub(crate) struct Injected {
    pub(crate) slot: Slot,
    /// All attributes but ours.
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) pat: Pat,
    /// What the handler sees.
    pub(crate) ty: Type,
}

impl Injected {
    /// Attributes that decide whether the parameter exists.
    pub(crate) fn cfgs(&self) -> Vec<&Attribute> {
        conditions(&self.attrs).collect()
    }
}

/// `#[cfg]`, and `#[cfg_attr]` as it may hold one: on parameters neither has been evaluated when an attribute macro runs.
pub(crate) fn conditions(attrs: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attrs
        .iter()
        .filter(|attr| attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr"))
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
    let Ok(marks) = Marks::take(&mut parameter.attrs, report) else {
        return Parameter::Broken(parameter);
    };
    let slot = match marks {
        Marks::Extract => return Parameter::Extracted(parameter),
        Marks::Slot(slot) => Some(slot),
        Marks::None => None,
    };
    let name = name_of(&parameter.pat);
    let by_name = name.as_ref().and_then(|name| Slot::of_name(&stripped(name)));
    if let (None, Some(name), Some(by_name)) = (slot, &name, by_name)
        && let Some((extractor, destructures)) = shape::extractor(&parameter.ty)
    {
        let rename = if destructures {
            format!("write `{extractor}({name}): {extractor}<..>`, rename the parameter")
        } else {
            "rename the parameter".into()
        };
        report.at(
            name,
            format!(
                "`{name}` stands for {}, but `{extractor}` is an extractor: {rename}, or mark it with `#[extract]`",
                by_name.what()
            ),
        );
        return Parameter::Extracted(parameter);
    }
    let by_type =
        || shape::last_segment(shape::core(&parameter.ty)).and_then(|s| Slot::of_type(&s.ident.to_string()));
    let Some(slot) = slot.or(by_name).or_else(by_type) else {
        check_extracted(&parameter, name.as_ref(), report);
        return Parameter::Extracted(parameter);
    };
    let injected = Injected {
        slot,
        attrs: parameter.attrs.clone(),
        pat: *parameter.pat.clone(),
        ty: *parameter.ty.clone(),
    };
    match check_injected(&injected, generics) {
        Ok(()) => Parameter::Injected(injected),
        Err(error) => {
            report.add(error);
            Parameter::Broken(parameter)
        }
    }
}

/// What our attributes on a parameter say.
enum Marks {
    None,
    Slot(Slot),
    Extract,
}

impl Marks {
    /// Takes them off the parameter.
    fn take(attrs: &mut Vec<Attribute>, report: &mut Report) -> Result<Self, ()> {
        let (ours, theirs) = std::mem::take(attrs)
            .into_iter()
            .partition(|attr: &Attribute| attr.path().is_ident("auth") || attr.path().is_ident("extract"));
        *attrs = theirs;
        let mut mistaken = refuse_hidden(attrs, report);
        let mut marks = Self::None;
        for attr in &ours {
            let this = match Self::read(attr) {
                Ok(this) => this,
                Err(error) => {
                    report.add(error);
                    mistaken = true;
                    continue;
                }
            };
            if let Self::None = marks {
                marks = this;
                continue;
            }
            mistaken = true;
            match (&marks, &this) {
                (Self::Slot(_), Self::Slot(_)) => {
                    report.at(attr, "`#[auth(..)]` is given twice: a parameter has one slot, remove one of the two");
                }
                (Self::Extract, Self::Extract) => report.at(attr, "`#[extract]` is given twice: remove one of the two"),
                _ => report.at(
                    attr,
                    "`#[auth(..)]` has a parameter injected and `#[extract]` leaves it to axum: remove one of the two",
                ),
            }
        }
        if mistaken { Err(()) } else { Ok(marks) }
    }

    fn read(attr: &Attribute) -> syn::Result<Self> {
        if attr.path().is_ident("extract") {
            return match &attr.meta {
                Meta::Path(_) => Ok(Self::Extract),
                _ => Err(syn::Error::new_spanned(
                    &attr.meta,
                    "`#[extract]` takes no argument: write `#[extract]`",
                )),
            };
        }
        let expected = || {
            format!(
                "`#[auth(..)]` takes one of {}: write `#[auth(user_id)]`",
                slot_names()
            )
        };
        let Meta::List(list) = &attr.meta else {
            return Err(syn::Error::new_spanned(&attr.meta, expected()));
        };
        let names = list
            .parse_args_with(Punctuated::<Ident, Token![,]>::parse_terminated)
            .map_err(|_| syn::Error::new_spanned(&list.tokens, expected()))?;
        match (names.first(), names.len()) {
            (Some(name), 1) => slot_named(name).map(Self::Slot),
            (None, _) => Err(syn::Error::new_spanned(&attr.meta, expected())),
            _ => Err(syn::Error::new_spanned(
                &list.tokens,
                "a parameter has one slot: write one parameter for each, such as `#[auth(user_id)] user: UserId`",
            )),
        }
    }
}

fn slot_named(name: &Ident) -> syn::Result<Slot> {
    let text = name.to_string();
    Slot::of_name(&text).ok_or_else(|| {
        let hint = match nearest(&text, Slot::ALL.map(Slot::name))
            .map(str::to_owned)
            .or_else(|| Slot::of_type(&text).map(|slot| slot.name().to_owned()))
        {
            Some(near) => format!("did you mean `#[auth({near})]`?"),
            None => format!("the slots are {}", slot_names()),
        };
        syn::Error::new_spanned(name, format!("unknown slot `{text}`: {hint}"))
    })
}

fn slot_names() -> String {
    let names = Slot::ALL.map(|slot| format!("`{}`", slot.name()));
    names.join(", ")
}

/// A slot or an opt-out inside `cfg_attr` cannot be seen from here, so the parameter would be taken for something else.
fn refuse_hidden(attrs: &[Attribute], report: &mut Report) -> bool {
    let mut hidden = false;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("cfg_attr")) {
        let Meta::List(list) = &attr.meta else { continue };
        for token in list.tokens.clone() {
            if let proc_macro2::TokenTree::Ident(name) = token
                && (name == "auth" || name == "extract")
            {
                hidden = true;
                report.at(
                    &name,
                    format!(
                        "`#[protected]` cannot see `{name}` inside `cfg_attr`: write two parameters, \
                         each with a `#[cfg(..)]`"
                    ),
                );
            }
        }
    }
    hidden
}

/// The name that a parameter's pattern binds it to as a whole.
pub(crate) fn name_of(pat: &Pat) -> Option<Ident> {
    match pat {
        Pat::Ident(pat) => Some(pat.ident.clone()),
        Pat::Paren(pat) => name_of(&pat.pat),
        _ => None,
    }
}

fn stripped(name: &Ident) -> String {
    name.unraw().to_string().trim_start_matches('_').to_owned()
}

/// Rules for parameters that are left to axum.
fn check_extracted(parameter: &PatType, name: Option<&Ident>, report: &mut Report) {
    // It would be read from the request's body, which anybody can write.
    if let Some(name) = name
        && shape::is_plain_text(&parameter.ty)
        && let Some(slot) = nearest(&stripped(name), Slot::ALL.map(Slot::name))
    {
        report.at(
            name,
            format!(
                "`{name}` is no slot, so it would be read from the body of the request: did you mean `{slot}`? \
                 If not, mark it with `#[extract]`"
            ),
        );
        return;
    }
    if let Type::Reference(reference) = shape::bare(&parameter.ty)
        && reference.lifetime.is_none()
    {
        report.at(
            &parameter.ty,
            format!(
                "axum cannot extract a reference, and only {} are passed by reference: take the value itself, or name \
                 the slot, as in `#[auth(user_id)]`",
                slot_names()
            ),
        );
    }
}

/// Rules for parameters that are injected.
fn check_injected(injected: &Injected, generics: &Generics) -> syn::Result<()> {
    let Injected { slot, ty, .. } = injected;
    let usual = slot.usual_type();
    let fail = |tokens: &dyn ToTokens, message: String| Err(syn::Error::new_spanned(tokens, message));
    let mut owned = shape::bare(ty);
    if let Type::Reference(reference) = owned {
        if let Some(mutability) = &reference.mutability {
            return fail(
                mutability,
                format!(
                    "an injected value is lent for reading: write `&{usual}`, or `mut` before the name and `{usual}`"
                ),
            );
        }
        if let Some(lifetime) = reference
            .lifetime
            .as_ref()
            .filter(|lifetime| lifetime.ident != "_")
        {
            return fail(
                lifetime,
                format!(
                    "an injected value lives as long as the call: write `&{usual}` without a lifetime, or `{usual}`"
                ),
            );
        }
        owned = shape::bare(&reference.elem);
        if shape::is_named(owned, "str") && slot.id_type().is_none() {
            return fail(ty, format!("`{}` is no text: write `&{usual}`", slot.name()));
        }
        if matches!(owned, Type::Slice(_) | Type::TraitObject(_)) {
            return fail(
                ty,
                format!("`{}` cannot be taken as this type: write `&{usual}`", slot.name()),
            );
        }
    }
    if let Some(found) = shape::foreign(owned, generics) {
        return Err(foreign(found, *slot));
    }
    if let Some(inner) = shape::argument(owned, "Option") {
        match slot {
            Slot::UserId | Slot::Auth => {
                let inner = inner.to_token_stream();
                return fail(
                    ty,
                    format!(
                        "somebody is signed in whenever a protected handler runs: write `{inner}` without `Option`"
                    ),
                );
            }
            Slot::Claims => {
                return fail(
                    ty,
                    "a protected handler always has claims: write `Claims<T>`, with `Option` for the fields of `T` \
                     that may be missing"
                        .into(),
                );
            }
            Slot::SessionId | Slot::OrgId => {}
        }
    }
    Ok(())
}

fn foreign(found: Foreign, slot: Slot) -> syn::Error {
    let usual = slot.usual_type();
    match found {
        Foreign::Parameter(name) => syn::Error::new_spanned(
            &name,
            format!(
                "an injected value is taken before the handler's generics are known: write a type without `{name}`"
            ),
        ),
        Foreign::ImplTrait(token) => syn::Error::new_spanned(
            token,
            format!("an injected value has one type for all calls: write `{usual}` in place of `impl`"),
        ),
        Foreign::Lifetime(tokens) => syn::Error::new_spanned(
            tokens,
            "an injected value owns what it holds, so its type has no lifetime: write a type that owns, such as `String`",
        ),
        Foreign::Reference(token) => syn::Error::new_spanned(
            token,
            format!(
                "an injected value owns what it holds: write the type without this `&`{}",
                if matches!(slot, Slot::OrgId | Slot::SessionId) {
                    ", and `.as_ref()` in the body"
                } else {
                    ""
                }
            ),
        ),
        Foreign::SelfType(token) => syn::Error::new_spanned(
            token,
            "`#[protected]` stands on a free function, where there is no `Self`: move the handler out of the `impl` block",
        ),
        Foreign::Inferred(token) => syn::Error::new_spanned(
            token,
            format!("the type of an injected value is written out: write `{usual}`"),
        ),
    }
}
