//! Our attributes on parameters: `#[auth(slot)]` and `#[extract]`.

use proc_macro2::{Ident, TokenTree};
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token};

use crate::distance::nearest;
use crate::report::Report;
use crate::slot::{Slot, slot_names};

/// What our attributes on a parameter say.
pub(crate) enum Marks {
    None,
    Slot(Slot),
    Extract,
}

impl Marks {
    /// Takes them off the parameter.
    pub(crate) fn take(attrs: &mut Vec<Attribute>, report: &mut Report) -> Result<Self, ()> {
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

/// A slot or an opt-out inside `cfg_attr` cannot be seen from here, so the parameter would be taken for something else.
fn refuse_hidden(attrs: &mut Vec<Attribute>, report: &mut Report) -> bool {
    let before = attrs.len();
    attrs.retain(|attr| {
        let mut hidden = false;
        let Meta::List(list) = &attr.meta else { return true };
        if !attr.path().is_ident("cfg_attr") {
            return true;
        }
        for token in list.tokens.clone() {
            if let TokenTree::Ident(name) = token
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
        !hidden
    });
    attrs.len() < before
}
