//! The name of a parameter that is the body of the request.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Pat, PatType, Type};

use crate::body_type::{is_read_from_body, is_text_or_bytes};
use crate::identity::{Identity, words};
use crate::shape;

/// The names of bodies. None of them can be mistaken for an identity of the caller.
///
/// The documentation of `#[protected]` has the same list.
pub(crate) const BODY_NAMES: [&str; 15] = [
    "body", "text", "payload", "raw", "content", "bytes", "data", "message", "csv", "xml", "html", "json",
    "yaml", "toml", "markdown",
];

/// The callers of a handler, which decide what a message recommends.
#[derive(Clone, Copy)]
pub(crate) enum Caller {
    SignedIn,
    Anyone,
}

/// Refuses text and bytes under a name that is not for a body. Axum reads such a parameter from the body of the request,
/// which the caller writes, so it must not be taken for what a token says.
pub(crate) fn check(parameter: &PatType, caller: Caller) -> syn::Result<()> {
    match misnamed(&parameter.pat, &parameter.ty) {
        None => Ok(()),
        Some((name, ty)) => Err(syn::Error::new_spanned(&name, message(&name, ty, caller))),
    }
}

/// Returns whether a name is for a body: its first or last word is in the list, and none of its words is an identity.
pub(crate) fn is_body_name(name: &Ident) -> bool {
    let words = words(name);
    let is_listed = |word: Option<&String>| word.is_some_and(|word| BODY_NAMES.contains(&word.as_str()));
    (is_listed(words.first()) || is_listed(words.last())) && Identity::in_body_name(name).is_none()
}

/// Finds a name that the pattern gives to text or bytes and that is not for a body.
fn misnamed<'a>(pat: &Pat, ty: &'a Type) -> Option<(Ident, &'a Type)> {
    if !is_text_or_bytes(ty) {
        return None;
    }
    if let Pat::Paren(pat) = pat {
        return misnamed(&pat.pat, ty);
    }
    // Of the parts of a tuple only those of text or bytes count.
    if let (Pat::Tuple(pat), Type::Tuple(ty)) = (pat, shape::bare(ty))
        && pat.elems.len() == ty.elems.len()
    {
        return pat
            .elems
            .iter()
            .zip(&ty.elems)
            .find_map(|(pat, ty)| misnamed(pat, ty));
    }
    let mut names = Vec::new();
    bound(pat, &mut names);
    let name = names.into_iter().find(|name| !is_body_name(name))?;
    Some((name, ty))
}

/// Collects the names that a pattern binds. `_` binds none: what is dropped cannot be mistaken.
fn bound(pat: &Pat, names: &mut Vec<Ident>) {
    match pat {
        Pat::Ident(pat) => {
            names.push(pat.ident.clone());
            if let Some((_, inner)) = &pat.subpat {
                bound(inner, names);
            }
        }
        Pat::Paren(pat) => bound(&pat.pat, names),
        Pat::Reference(pat) => bound(&pat.pat, names),
        Pat::Tuple(pat) => pat.elems.iter().for_each(|pat| bound(pat, names)),
        Pat::TupleStruct(pat) => pat.elems.iter().for_each(|pat| bound(pat, names)),
        Pat::Slice(pat) => pat.elems.iter().for_each(|pat| bound(pat, names)),
        Pat::Struct(pat) => pat.fields.iter().for_each(|field| bound(&field.pat, names)),
        // Alternatives bind the same names.
        Pat::Or(pat) => pat.cases.iter().take(1).for_each(|pat| bound(pat, names)),
        _ => {}
    }
}

fn message(name: &Ident, ty: &Type, caller: Caller) -> String {
    if is_read_from_body(ty) {
        return read_from_body(name, caller);
    }
    let ty = shown(ty);
    let given = match caller {
        Caller::SignedIn => format!("`{name}` is not a slot"),
        Caller::Anyone => format!("a public handler is given no `{name}`"),
    };
    let is_bytes = ty.contains("u8") || ty.contains("Bytes");
    let body = if is_bytes { "Bytes" } else { "String" };
    let otherwise = format!("If the body is meant, write `body: {body}`, or mark it with `#[extract]`");
    match recommended(name, caller) {
        Some(identity) => format!("{given}, and axum does not extract `{ty}`: {identity}. {otherwise}"),
        None => format!("{given}, and axum does not extract `{ty}`. {otherwise}"),
    }
}

/// Returns why a name is refused for what axum reads from the body.
pub(crate) fn read_from_body(name: &Ident, caller: Caller) -> String {
    let cause =
        format!("`{name}` would be read from the body of the request, where a caller may write anything");
    match recommended(name, caller) {
        Some(identity) => {
            format!("{cause}: {identity}. If the body is meant, call it `body`, or mark it with `#[extract]`")
        }
        None => {
            let others = BODY_NAMES[1..].join("`, `");
            format!("{cause}: call it `body` if that is meant (or `{others}`), or mark it with `#[extract]`")
        }
    }
}

/// Returns the advice for a name with an identity in it.
fn recommended(name: &Ident, caller: Caller) -> Option<&'static str> {
    let identity = Identity::of_name(name)?;
    Some(match caller {
        Caller::SignedIn => identity.of_protected(),
        Caller::Anyone => identity.of_public(),
    })
}

/// A type as it is written, with the spaces of a token stream taken out where no word ends.
fn shown(ty: &Type) -> String {
    let text = shape::bare(ty).to_token_stream().to_string();
    let mut shown = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let parts_words = |letter: char| letter.is_alphanumeric() || letter == '_';
        let is_needed = shown.ends_with([',', ';'])
            || shown.ends_with(parts_words) && letters.peek().is_some_and(|next| parts_words(*next));
        if letter != ' ' || is_needed {
            shown.push(letter);
        }
    }
    shown
}
