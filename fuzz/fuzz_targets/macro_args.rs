//! The macros: in the first line `p` for `#[protected]`, `u` for `#[public]`, `h` for `#[handlers]`, `k` for keys, `r` for
//! routes; in the second the arguments; then the item, a few plain ones if there is none.
//!
//! Whatever it is, it expands to an error or to handlers behind a guard, or that say that they are public.
#![no_main]
#![allow(
    dead_code,
    reason = "the modules are those of the macro crate, and their entries are in its root"
)]

extern crate proc_macro;

#[path = "../../clerk-macros/src/advice.rs"]
mod advice;
#[path = "../../clerk-macros/src/alias.rs"]
mod alias;
#[path = "../../clerk-macros/src/args.rs"]
mod args;
#[path = "../../clerk-macros/src/block.rs"]
mod block;
#[path = "../../clerk-macros/src/body.rs"]
mod body;
#[path = "../../clerk-macros/src/body_type.rs"]
mod body_type;
#[path = "../../clerk-macros/src/check.rs"]
mod check;
#[path = "../../clerk-macros/src/combination.rs"]
mod combination;
#[path = "../../clerk-macros/src/constant.rs"]
mod constant;
#[path = "../../clerk-macros/src/contradiction.rs"]
mod contradiction;
#[path = "../../clerk-macros/src/declare.rs"]
mod declare;
#[path = "../../clerk-macros/src/distance.rs"]
mod distance;
#[path = "../../clerk-macros/src/expand.rs"]
mod expand;
#[path = "../../clerk-macros/src/extracted.rs"]
mod extracted;
#[path = "../../clerk-macros/src/fallback.rs"]
mod fallback;
#[path = "../../clerk-macros/src/field.rs"]
mod field;
#[path = "../../clerk-macros/src/future.rs"]
mod future;
#[path = "../../clerk-macros/src/handler.rs"]
mod handler;
#[path = "../../clerk-macros/src/identity.rs"]
mod identity;
#[path = "../../clerk-macros/src/impl_block.rs"]
mod impl_block;
#[path = "../../clerk-macros/src/injected.rs"]
mod injected;
#[path = "../../clerk-macros/src/key.rs"]
mod key;
#[path = "../../clerk-macros/src/marks.rs"]
mod marks;
#[path = "../../clerk-macros/src/names.rs"]
mod names;
#[path = "../../clerk-macros/src/not_extracted.rs"]
mod not_extracted;
#[path = "../../clerk-macros/src/openapi.rs"]
mod openapi;
#[path = "../../clerk-macros/src/output.rs"]
mod output;
#[path = "../../clerk-macros/src/parameter.rs"]
mod parameter;
#[path = "../../clerk-macros/src/policy.rs"]
mod policy;
#[path = "../../clerk-macros/src/report.rs"]
mod report;
#[path = "../../clerk-macros/src/requirement.rs"]
mod requirement;
#[path = "../../clerk-macros/src/reverification.rs"]
mod reverification;
#[path = "../../clerk-macros/src/routes.rs"]
mod routes;
#[path = "../../clerk-macros/src/runtime.rs"]
mod runtime;
#[path = "../../clerk-macros/src/shape.rs"]
mod shape;
#[path = "../../clerk-macros/src/slot.rs"]
mod slot;
#[path = "../../clerk-macros/src/token.rs"]
mod token;
#[path = "../../clerk-macros/src/value.rs"]
mod value;

use libfuzzer_sys::fuzz_target;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{FnArg, ImplItem, Item, Signature, Type};

/// Deeper nesting than a person writes: the compiler's own parser gives up on it too, and a stack has an end.
const MAX_NESTING: usize = 48;

const ITEMS: [&str; 4] = [
    "async fn f() {}",
    "pub async fn f(user_id: UserId, org_id: &OrgId, #[auth(claims)] c: Claims<T>, Path(id): Path<u8>) -> String { id }",
    "async fn f(#[extract] machine: Option<MachineAuth>, auth: &Auth, body: String) where u8: Copy { body }",
    "impl<T> H<T> { #[protected] async fn f(s: &str) {} #[public] async fn g() {} fn h(&self) {} const N: u8 = 1; }",
];

fuzz_target!(|input: &[u8]| {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    let mut lines = text.splitn(3, '\n');
    let (mode, args, item) = (lines.next(), lines.next(), lines.next());
    let Some(args) = args.and_then(tokens) else {
        return;
    };
    let items: Vec<TokenStream> = match item {
        Some(item) => tokens(item).into_iter().collect(),
        None => ITEMS.into_iter().filter_map(tokens).collect(),
    };
    for item in items {
        let output = match mode {
            Some("p") => expand::protected(args.clone(), item),
            Some("u") => expand::public(args.clone(), item),
            Some("h") => impl_block::handlers(args.clone(), item),
            Some("k") => {
                declare::keys(args.clone());
                return;
            }
            Some("r") => {
                routes::routes(args.clone());
                return;
            }
            _ => return,
        };
        if is_refused(&output) {
            continue;
        }
        let shown = output.to_string();
        match mode {
            Some("h") => check_block(output, &shown),
            _ => check_function(output, &shown),
        }
    }
});

fn tokens(text: &str) -> Option<TokenStream> {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for c in text.chars() {
        match c {
            '(' | '[' | '{' | '<' | '&' | '*' | '!' | '-' | '|' | '=' => depth += 1,
            ')' | ']' | '}' | '>' | ',' | ';' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    (deepest <= MAX_NESTING).then(|| text.parse().ok()).flatten()
}

/// Whether a macro has found a mistake: it says so first.
fn is_refused(output: &TokenStream) -> bool {
    let start: Vec<String> = output
        .clone()
        .into_iter()
        .take(6)
        .map(|token| token.to_string())
        .collect();
    start == [":", ":", "core", ":", ":", "compile_error"]
}

/// What `#[protected]` or `#[public]` made without an error: one function, and who may call it comes first.
fn check_function(output: TokenStream, shown: &str) {
    let file: syn::File =
        syn::parse2(without_last_body(output)).unwrap_or_else(|error| panic!("{error}: {shown}"));
    let functions: Vec<&Signature> = file
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Fn(function) => Some(&function.sig),
            _ => None,
        })
        .collect();
    assert_eq!(functions.len(), 1, "{shown}");
    assert!(is_guarded(functions[0]), "{shown}");
}

/// What `#[handlers]` made without an error. Bodies are not looked into, so a block that is no Rust is the compiler's matter.
fn check_block(output: TokenStream, shown: &str) {
    let Ok(file) = syn::parse2::<syn::File>(output) else {
        return;
    };
    for item in file.items {
        let Item::Impl(block) = item else {
            continue;
        };
        for item in block.items {
            if let ImplItem::Fn(function) = item
                && function.sig.asyncness.is_some()
                && block.trait_.is_none()
            {
                assert!(is_guarded(&function.sig), "{shown}");
            }
        }
    }
}

fn is_guarded(sig: &Signature) -> bool {
    let Some(FnArg::Typed(first)) = sig.inputs.first() else {
        return false;
    };
    let Type::Path(path) = &*first.ty else {
        return false;
    };
    let last = path.path.segments.last().map(|segment| segment.ident.to_string());
    matches!(last.as_deref(), Some("Guard" | "Public"))
}

/// The function's body may be anything in braces.
fn without_last_body(output: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = output.into_iter().collect();
    if let Some(TokenTree::Group(body)) = tokens.last_mut()
        && body.delimiter() == Delimiter::Brace
    {
        *body = Group::new(Delimiter::Brace, TokenStream::new());
    }
    tokens.into_iter().collect()
}
