//! Parameters that the policy provides, and the rules for them.

use quote::ToTokens;
use syn::{Attribute, Generics, Pat, Type};

use crate::shape::{self, Foreign};
use crate::slot::Slot;

/// A parameter that the policy provides.
pub(crate) struct Injected {
    pub(crate) slot: Slot,
    /// Whether `#[auth(..)]` says so, and not a name or a type.
    pub(crate) is_marked: bool,
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

/// Rules for parameters that are injected.
pub(crate) fn check(injected: &Injected, generics: &Generics) -> syn::Result<()> {
    let Injected {
        slot, is_marked, ty, ..
    } = injected;
    let usual = slot.usual_type();
    let fail = |tokens: &dyn ToTokens, message: String| Err(syn::Error::new_spanned(tokens, message));
    let mut owned = shape::bare(ty);
    let is_lent = matches!(owned, Type::Reference(_));
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
            return fail(ty, format!("`{}` is not text: write `&{usual}`", slot.name()));
        }
    }
    if matches!(owned, Type::Slice(_) | Type::TraitObject(_)) || shape::is_named(owned, "str") && !is_lent {
        let message = format!(
            "{} is not taken as this type, which has no size: write `{usual}`",
            slot.what()
        );
        return fail(owned, message);
    }
    if let Some(found) = shape::foreign(owned.to_token_stream(), generics) {
        return Err(foreign(found, *slot));
    }
    let inner = shape::argument(owned, "Option");
    if let Some(message) = misfit(inner.unwrap_or(owned), *slot) {
        return fail(inner.unwrap_or(owned), message);
    }
    if *slot == Slot::Claims && !is_marked && inner.is_none() {
        claims_are_wrapped(owned)?;
    }
    if let Some(inner) = inner {
        match slot {
            Slot::Auth => {
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
            // Whether it may be missing depends on the tokens that are accepted.
            Slot::UserId | Slot::SessionId | Slot::OrgId | Slot::Machine => {}
        }
    }
    Ok(())
}

/// A type of the user's, read from the claims, is the usual mistake; an alias is the rare exception.
fn claims_are_wrapped(ty: &Type) -> syn::Result<()> {
    match shape::last_segment(ty) {
        Some(segment) if segment.ident != "Claims" => {
            let ty = ty.to_token_stream();
            let message = format!(
                "claims come wrapped: write `Claims<{ty}>`, or mark it with `#[auth(claims)]` if it is an alias of such \
                 a type, with `#[extract]` if it is an extractor"
            );
            Err(syn::Error::new_spanned(ty, message))
        }
        _ => Ok(()),
    }
}

/// Why a well-known type is not one for the slot. Of other types the runtime's traits know more, as they see aliases.
fn misfit(ty: &Type, slot: Slot) -> Option<String> {
    let name = shape::last_segment(ty)?.ident.to_string();
    let usual = slot.usual_type();
    if let Some(other) = Slot::of_type(&name).filter(|other| *other != slot) {
        return Some(format!(
            "`{name}` is a type for `{}`, but this parameter takes {}: write `{usual}`, or call it `{}`",
            other.name(),
            slot.what(),
            other.name(),
        ));
    }
    let is_text = name == "String" && slot.id_type().is_none();
    // What claims are made of is anybody's choice.
    if slot == Slot::Claims {
        return None;
    }
    (is_text || shape::is_misfit(ty)).then(|| match slot {
        Slot::Auth | Slot::Claims | Slot::Machine => {
            format!("`{name}` cannot take {}: write `{usual}`", slot.what())
        }
        Slot::UserId | Slot::SessionId | Slot::OrgId => {
            format!(
                "`{name}` cannot take {}, which is text: write `{usual}`",
                slot.what()
            )
        }
    })
}

/// Why `Self` cannot be used.
pub(crate) const SELF_TYPE: &str = "what a handler asks for is declared outside of the `impl` block: write the type's name in place of `Self`";

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
        Foreign::SelfType(token) => syn::Error::new_spanned(token, SELF_TYPE),
        Foreign::Lifetime(tokens) => syn::Error::new_spanned(
            tokens,
            "an injected value owns what it holds, so its type has no lifetime: write a type that owns, such as `String`",
        ),
        Foreign::Reference(token) => syn::Error::new_spanned(
            token,
            format!(
                "an injected value owns what it holds: write the type without this `&`{}",
                if matches!(slot, Slot::UserId | Slot::OrgId | Slot::SessionId | Slot::Machine) {
                    ", and `.as_ref()` in the body"
                } else {
                    ""
                }
            ),
        ),
    }
}
