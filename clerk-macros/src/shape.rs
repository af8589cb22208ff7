//! What can be told of a type by looking at it.

use std::collections::HashSet;

use proc_macro2::{Ident, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericArgument, GenericParam, Generics, PathArguments, PathSegment, Type};

/// Types of axum and axum-extra that take something else from a request, and whether they destructure, as `Path(id)`.
const EXTRACTORS: [(&str, bool); 21] = [
    ("Path", true),
    ("Query", true),
    ("Json", true),
    ("State", true),
    ("Extension", true),
    ("Form", true),
    ("TypedHeader", true),
    ("ConnectInfo", true),
    ("Host", true),
    ("Cached", true),
    ("WithRejection", true),
    ("RawQuery", true),
    ("RawForm", true),
    ("HeaderMap", false),
    ("Multipart", false),
    ("Request", false),
    ("Method", false),
    ("Uri", false),
    ("Body", false),
    ("Bytes", false),
    ("CookieJar", false),
];

/// The type without parentheses and without the invisible groups of `macro_rules` fragments.
pub(crate) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        ty => ty,
    }
}

pub(crate) fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match bare(ty) {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        _ => None,
    }
}

/// The last segment of the type. An identifier is text only after it was asked of the compiler, so it is asked once.
fn name(ty: &Type) -> Option<String> {
    last_segment(ty).map(|segment| segment.ident.to_string())
}

/// Whether the last segment of the type is this name.
pub(crate) fn is_named(ty: &Type, name: &str) -> bool {
    last_segment(ty).is_some_and(|segment| segment.ident == name)
}

/// Whether the type is this one of those that are there for macros.
pub(crate) fn is_private(ty: &Type, name: &str) -> bool {
    match bare(ty) {
        Type::Path(path) => {
            let mut segments = path.path.segments.iter().rev();
            segments.next().is_some_and(|last| last.ident == name)
                && segments.next().is_some_and(|module| module.ident == "__private")
        }
        _ => false,
    }
}

/// The `T` of `Wrapper<T>`, `Wrapper<T, U>`.
pub(crate) fn argument<'a>(ty: &'a Type, wrapper: &str) -> Option<&'a Type> {
    let segment = last_segment(ty).filter(|segment| segment.ident == wrapper)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// The type behind one reference and one `Option`.
pub(crate) fn core(ty: &Type) -> &Type {
    let ty = bare(ty);
    if let Type::Reference(reference) = ty {
        let inner = bare(&reference.elem);
        return argument(inner, "Option").map_or(inner, bare);
    }
    match argument(ty, "Option").map(bare) {
        Some(Type::Reference(reference)) => bare(&reference.elem),
        Some(inner) => inner,
        None => ty,
    }
}

/// The well-known extractor that a type is, also behind `Option` and `Result`, and how it destructures.
pub(crate) fn extractor(ty: &Type) -> Option<(&'static str, bool)> {
    let inner = argument(ty, "Option")
        .or_else(|| argument(ty, "Result"))
        .unwrap_or(ty);
    let name = name(inner)?;
    EXTRACTORS.into_iter().find(|(extractor, _)| *extractor == name)
}

/// Types of the language and of widespread crates that no id is, and no claims are.
const MISFITS: [&str; 21] = [
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64",
    "bool", "char", "Uuid", "Value", "Map", "HashMap", "BTreeMap",
];

/// Whether nobody could have meant this type for an injected value.
pub(crate) fn is_misfit(ty: &Type) -> bool {
    name(ty).is_some_and(|name| MISFITS.contains(&name.as_str()))
}

/// Whether the type has an `impl Trait` in it.
pub(crate) fn has_impl(ty: &Type) -> bool {
    fn in_tokens(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => ident == "impl",
            TokenTree::Group(group) => in_tokens(group.stream()),
            _ => false,
        })
    }
    in_tokens(ty.to_token_stream())
}

/// The `Self` of a surrounding `impl`, if the tokens speak of it. Items inside have one of their own, and so may the
/// input of a macro.
pub(crate) fn find_self_type(tokens: TokenStream) -> Option<TokenTree> {
    let mut found = None;
    let mut after_bang = false;
    for token in tokens {
        match &token {
            TokenTree::Ident(ident) => match ident.to_string().as_str() {
                "impl" | "trait" | "struct" | "enum" | "union" => return None,
                "Self" => found = found.or(Some(token.clone())),
                _ => {}
            },
            TokenTree::Group(group) if !after_bang => {
                found = found.or_else(|| find_self_type(group.stream()))
            }
            _ => {}
        }
        after_bang = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '!');
    }
    found
}

/// Something in the type of an injected value that its policy, which is no generic type, cannot name.
pub(crate) enum Foreign {
    Parameter(Ident),
    Lifetime(TokenStream),
    Reference(TokenTree),
    ImplTrait(TokenTree),
    /// `Self`, of the `impl` block that the policy is moved out of.
    SelfType(TokenTree),
}

/// Finds the first foreign part. Tokens are enough: what they cannot tell apart is refused as well.
pub(crate) fn foreign(tokens: TokenStream, generics: &Generics) -> Option<Foreign> {
    let names: HashSet<String> = generics
        .params
        .iter()
        .filter_map(|parameter| match parameter {
            GenericParam::Type(parameter) => Some(parameter.ident.to_string()),
            GenericParam::Const(parameter) => Some(parameter.ident.to_string()),
            GenericParam::Lifetime(_) => None,
        })
        .collect();
    in_tokens(tokens, &names)
}

fn in_tokens(tokens: TokenStream, names: &HashSet<String>) -> Option<Foreign> {
    let mut tokens = tokens.into_iter().peekable();
    let mut after_colons = false;
    while let Some(token) = tokens.next() {
        let mut is_colon = false;
        match &token {
            TokenTree::Ident(ident) => match ident.to_string().as_str() {
                "impl" => return Some(Foreign::ImplTrait(token)),
                "Self" => return Some(Foreign::SelfType(token)),
                // `module::T` is not the parameter `T`.
                name if !after_colons && names.contains(name) => {
                    return Some(Foreign::Parameter(ident.clone()));
                }
                _ => {}
            },
            TokenTree::Punct(punct) => match punct.as_char() {
                '&' => return Some(Foreign::Reference(token)),
                '\'' if punct.spacing() == Spacing::Joint => match tokens.next() {
                    Some(TokenTree::Ident(name)) if name == "static" => {}
                    name => {
                        return Some(Foreign::Lifetime(
                            [Some(token), name].into_iter().flatten().collect(),
                        ));
                    }
                },
                ':' => is_colon = true,
                _ => {}
            },
            TokenTree::Group(group) => {
                if let Some(found) = in_tokens(group.stream(), names) {
                    return Some(found);
                }
            }
            _ => {}
        }
        after_colons = is_colon;
    }
    None
}
