//! Rules about the function as a whole.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::{Attribute, FnArg, Generics, MacroDelimiter, Meta, MetaList, Safety, Signature, Token, Type};

use crate::args::Args;
use crate::block::Block;
use crate::handler::Handler;
use crate::parameter::Parameter;
use crate::report::Report;
use crate::shape::{self, Foreign};

/// Prefix of the names of policies; no handler takes one before it has been expanded.
pub(crate) const POLICY: &str = "NeedsStateWithClerk_";

/// How many parameters axum gives a handler at most; the guard is one of them.
const AXUM_PARAMETERS: usize = 16;

/// Reports what is wrong, and mends it in the output so that the mistake is not reported again by rustc in other words.
pub(crate) fn signature(handler: &mut Handler, report: &mut Report) {
    stated_once(handler, report);
    asynchronous(&mut handler.sig, report);
    plain(&mut handler.sig, report);
    fixed_number_of_parameters(&mut handler.sig, report);
}

/// Whether an attribute is one of ours, by the last segment of its path.
pub(crate) fn states_access(attr: &Attribute) -> Option<&'static str> {
    attribute(&attr.path().segments.last()?.ident)
}

/// Whether this is the name of an attribute that states who may call.
pub(crate) fn attribute(word: &Ident) -> Option<&'static str> {
    ["protected", "public"].into_iter().find(|name| word == name)
}

/// A second guard would be useless, two policies of one name do not compile, and nobody can tell which of two different
/// statements was meant.
fn stated_once(handler: &mut Handler, report: &mut Report) {
    const MESSAGE: &str = "who may call this handler is stated twice: keep one `#[protected]` or `#[public]`";
    for attr in &mut handler.attrs {
        if states_access(attr).is_some() {
            report.at(&*attr, MESSAGE);
            mark_as_done(attr);
        }
    }
    if is_expanded(handler) {
        report.at(&handler.sig.ident, MESSAGE);
        handler.sig.ident = quote::format_ident!("{}_again", handler.sig.ident);
    }
}

/// Axum's `debug_handler` takes the state for `()` unless it says otherwise or a parameter is a `State`, and then the guard
/// finds no `Clerk` in it. It is taken off where it would, as its own message blames the router.
pub(crate) fn debug_handler(handler: &mut Handler, report: &mut Report) {
    let has_state = handler.sig.inputs.iter().any(|input| match input {
        FnArg::Typed(parameter) => shape::is_named(&parameter.ty, "State"),
        FnArg::Receiver(_) => false,
    });
    handler.attrs.retain(|attr| {
        let is_it = attr
            .path()
            .segments
            .last()
            .is_some_and(|last| last.ident == "debug_handler");
        let states = matches!(&attr.meta, Meta::List(list) if !list.tokens.is_empty());
        let is_mistaken = is_it && !states && !has_state;
        if is_mistaken {
            report.at(
                attr,
                "without `state = ..` this takes the router's state for `()`, which holds no `Clerk`: write \
                 `#[axum::debug_handler(state = AppState)]`, with the type of your router's state",
            );
        }
        !is_mistaken
    });
}

/// Whether a guard, or that anyone may call, is among the parameters already.
pub(crate) fn is_expanded(handler: &Handler) -> bool {
    handler.sig.inputs.iter().any(|input| match input {
        FnArg::Typed(parameter) => {
            let guard = shape::argument(&parameter.ty, "Guard").and_then(shape::last_segment);
            guard.is_some_and(|segment| segment.ident.to_string().starts_with(POLICY))
                || shape::is_private(&parameter.ty, "Public")
        }
        FnArg::Receiver(_) => false,
    })
}

/// The argument of an attribute whose work has been done by another one, on a function that shows it. It stays for its
/// name, as an import that nothing speaks of is a warning.
const DONE: &str = "__clerk_done";

pub(crate) fn mark_as_done(attr: &mut Attribute) {
    let path = attr.path().clone();
    let done = Ident::new(DONE, Span::call_site());
    attr.meta = Meta::List(MetaList {
        path,
        delimiter: MacroDelimiter::Paren(syn::token::Paren::default()),
        tokens: done.to_token_stream(),
    });
}

pub(crate) fn is_done(args: &TokenStream, handler: &Handler) -> bool {
    syn::parse2::<Ident>(args.clone()).is_ok_and(|word| word == DONE) && is_expanded(handler)
}

/// What a handler asks for, and the state that it names, are the same whatever its generics are.
pub(crate) fn settled(args: &mut Args, generics: &Generics, report: &mut Report) {
    let mut is_generic = |tokens| is_generic(tokens, generics, report);
    for requirement in &mut args.requirements {
        requirement.break_if(&mut |leaf| {
            leaf.constant()
                .is_some_and(|constant| is_generic(constant.to_token_stream()))
        });
    }
    settled_state(&mut args.state, generics, report);
}

/// The state of the router is the same as well.
pub(crate) fn settled_state(state: &mut Option<Type>, generics: &Generics, report: &mut Report) {
    if state
        .as_ref()
        .is_some_and(|state| is_generic(state.to_token_stream(), generics, report))
    {
        *state = None;
    }
}

fn is_generic(tokens: TokenStream, generics: &Generics, report: &mut Report) -> bool {
    let Some(Foreign::Parameter(name)) = shape::foreign(tokens, generics) else {
        return false;
    };
    report.at(
        &name,
        format!("this is settled before the handler's generics are known: write it without `{name}`"),
    );
    true
}

/// Axum's handlers are futures.
fn asynchronous(sig: &mut Signature, report: &mut Report) {
    if sig.asyncness.is_none() {
        report.at(sig.fn_token, "a handler is asynchronous: write `async fn`");
        sig.asyncness = Some(Token![async](sig.fn_token.span));
    }
}

/// Axum calls handlers at run time, from safe Rust.
fn plain(sig: &mut Signature, report: &mut Report) {
    if let Some(constness) = sig.constness.take() {
        report.at(
            constness,
            "a handler runs for a request, never at compile time: remove `const`",
        );
    }
    if let Safety::Unsafe(token) = std::mem::replace(&mut sig.safety, Safety::Default) {
        report.at(
            token,
            "axum calls a handler with whatever a request holds, so it must be safe to call: remove `unsafe` and put an \
             `unsafe` block into the body",
        );
    }
    if let Some(abi) = sig.abi.take() {
        report.at(
            abi,
            "a handler is called by axum, with Rust's own calling convention: remove `extern`",
        );
    }
}

/// The number of parameters decides which implementation of axum's `Handler` is meant.
fn fixed_number_of_parameters(sig: &mut Signature, report: &mut Report) {
    if let Some(variadic) = sig.variadic.take() {
        report.at(
            variadic.dots,
            "axum passes a handler a fixed number of parameters: remove `...`",
        );
    }
}

/// Methods cannot be handlers, and a policy cannot be declared beside them. An associated function that speaks of
/// neither `self` nor `Self` looks like a free one, where the source is not at hand; rustc then refuses its policy.
pub(crate) fn is_free(handler: &Handler, block: Option<Block>, report: &mut Report) -> bool {
    if block == Some(Block::Trait) || is_of_async_trait(handler) {
        report.at(&handler.sig.ident, IN_TRAIT);
        return false;
    }
    if !is_without_receiver(handler, report) {
        return false;
    }
    if block == Some(Block::Impl) {
        report.at(&handler.sig.ident, IN_IMPL);
        return false;
    }
    let in_signature = || shape::find_self_type(handler.sig.inputs.to_token_stream());
    let in_output = || shape::find_self_type(handler.sig.output.to_token_stream());
    let in_body = || shape::find_self_type(handler.body.stream());
    if let Some(token) = in_signature().or_else(in_output).or_else(in_body) {
        report.at(token, IN_IMPL);
        return false;
    }
    true
}

const IN_IMPL: &str = "in an `impl` block the attribute needs `#[handlers]` on the block: write it there, imported by `use \
                       clerk_runtime::handlers`, or move the handler out and write the type's name in place of `Self`";

/// Refuses a function in a trait or in an implementation of one.
pub(crate) const IN_TRAIT: &str = "a function of a trait is no handler, as axum has no type to call it for: write a free \
                                   `async fn`, or one in an `impl` block of a type with `#[handlers]`";

/// Returns true for a function that `#[async_trait]` has rewritten, which then is no `async fn` any more.
fn is_of_async_trait(handler: &Handler) -> bool {
    let mut lifetimes = handler.sig.generics.lifetimes();
    lifetimes.any(|parameter| parameter.lifetime.ident == "async_trait")
}

/// Axum calls handlers without a receiver.
pub(crate) fn is_without_receiver(handler: &Handler, report: &mut Report) -> bool {
    let receiver = handler.sig.receiver();
    if let Some(receiver) = receiver {
        report.at(
            receiver,
            "axum has no `self` to call a handler with: take what it needs as `State(state): State<YourState>`; an \
             `impl` block of handlers has `#[handlers]` on it",
        );
    }
    receiver.is_none()
}

/// Axum's own limit, less the guard.
pub(crate) fn count(parameters: &[Parameter], report: &mut Report) {
    let mut extracted = parameters.iter().filter_map(|parameter| match parameter {
        Parameter::Extracted { parameter, .. }
            if parameter.attrs.iter().all(|attr| !attr.path().is_ident("cfg")) =>
        {
            Some(parameter)
        }
        _ => None,
    });
    if let Some(first_too_many) = extracted.nth(AXUM_PARAMETERS - 1) {
        report.at(
            &first_too_many.pat,
            "a protected handler takes at most 15 extractors: put several into one struct that derives `FromRequestParts`",
        );
    }
}
