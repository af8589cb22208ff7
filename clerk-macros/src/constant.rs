//! Constants of the user's in place of texts.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ExprPath;

use crate::injected::SELF_TYPE;
use crate::key::Kind;
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

/// Refuses a constant, `Roles::Admin` or `Roles.Admin`, that stands without the name of an argument. The usual name of its list
/// tells which argument it was to be.
pub(crate) fn bare(tokens: &TokenStream) -> Option<String> {
    let path = path_of(tokens)?;
    let (list, constant) = path.rsplit_once("::")?;
    if !constant.starts_with(char::is_uppercase) {
        return None;
    }
    let list = list.rsplit("::").next()?.to_lowercase();
    let kind = Kind::ALL
        .into_iter()
        .filter(|kind| *kind != Kind::Scope)
        .find(|kind| list.starts_with(kind.name()) || *kind == Kind::Permission && list.starts_with("perm"));
    let advice = match kind {
        Some(kind) => format!("write `{} = {path}`", kind.name()),
        None => format!("write `role = {path}` or `permission = {path}`"),
    };
    Some(format!("a constant alone does not say what it is: {advice}"))
}

/// Returns the error for a constant that is named with a dot, or for a word that was to be in quotes.
pub(crate) fn misspelt(kind: Kind, tokens: &TokenStream) -> Option<String> {
    let name = kind.name();
    let mut words = tokens.clone().into_iter();
    if let (Some(TokenTree::Ident(word)), None) = (words.next(), words.next()) {
        let key = word.to_string();
        // Constants are in upper case.
        let is_key = kind != Kind::Scope
            && key.starts_with(|first: char| first.is_ascii_lowercase())
            && !key.starts_with("r#");
        let prefix = if kind == Kind::Role { "org:" } else { "" };
        let example = match kind {
            Kind::Permission => kind.example().to_owned(),
            _ => format!("{prefix}{key}"),
        };
        return is_key.then(|| {
            format!(
                "a key stands in quotes: write `{name} = {example:?}`, or the name of a constant of yours"
            )
        });
    }
    let path = path_of(tokens).filter(|_| kind != Kind::Scope && tokens.to_string().contains('.'))?;
    Some(format!("a constant is named with `::`: write `{name} = {path}`"))
}

/// The path that tokens are if a dot counts as `::`, of two names or more.
fn path_of(tokens: &TokenStream) -> Option<String> {
    let mut path = String::new();
    let mut names = 0;
    let mut is_name_next = true;
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(name) if is_name_next => {
                path.push_str(&name.to_string());
                names += 1;
                is_name_next = false;
            }
            TokenTree::Punct(punct) if punct.as_char() == '.' && !is_name_next => {
                path.push_str("::");
                is_name_next = true;
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' => {
                path.push(':');
                is_name_next = path.ends_with("::");
            }
            _ => return None,
        }
    }
    (names > 1 && !is_name_next && !path.contains(":::") && path.replace("::", "").find(':').is_none())
        .then_some(path)
}
