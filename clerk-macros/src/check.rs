//! Rules about the function as a whole.

use quote::ToTokens;
use syn::{FnArg, Safety, Signature, Token};

use crate::handler::Handler;
use crate::parameter::Parameter;
use crate::report::Report;
use crate::shape;

/// Prefix of the names of policies; no handler takes one before it has been expanded.
pub(crate) const POLICY: &str = "__clerk_policy_";

/// How many parameters axum gives a handler at most; the guard is one of them.
const AXUM_PARAMETERS: usize = 16;

/// Reports what is wrong, and mends it in the output so that the mistake is not reported again by rustc in other words.
pub(crate) fn signature(handler: &mut Handler, report: &mut Report) {
    protected_once(handler, report);
    asynchronous(&mut handler.sig, report);
    plain(&mut handler.sig, report);
    fixed_number_of_parameters(&mut handler.sig, report);
}

/// A second guard would be useless, and two policies of one name do not compile.
fn protected_once(handler: &mut Handler, report: &mut Report) {
    const MESSAGE: &str = "`#[protected]` is given twice: remove one of the two";
    handler.attrs.retain(|attr| {
        let again = attr
            .path()
            .segments
            .last()
            .is_some_and(|last| last.ident == "protected");
        if again {
            report.at(attr, MESSAGE);
        }
        !again
    });
    let is_expanded = |input: &FnArg| match input {
        FnArg::Typed(parameter) => shape::argument(&parameter.ty, "Guard")
            .and_then(shape::last_segment)
            .is_some_and(|segment| segment.ident.to_string().starts_with(POLICY)),
        FnArg::Receiver(_) => false,
    };
    if handler.sig.inputs.iter().any(is_expanded) {
        report.at(&handler.sig.ident, MESSAGE);
        handler.sig.ident = quote::format_ident!("{}_again", handler.sig.ident);
    }
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
/// neither `self` nor `Self` looks like a free one; rustc refuses its policy.
pub(crate) fn is_free(handler: &Handler, report: &mut Report) -> bool {
    if let Some(receiver) = handler.sig.receiver() {
        report.at(
            receiver,
            "axum has no `self` to call a handler with: move it out of the `impl` block and take what it needs as \
             `State(state): State<YourState>`",
        );
        return false;
    }
    let in_signature = || shape::find_self_type(handler.sig.inputs.to_token_stream());
    let in_output = || shape::find_self_type(handler.sig.output.to_token_stream());
    let in_body = || shape::find_self_type(handler.body.stream());
    if let Some(token) = in_signature().or_else(in_output).or_else(in_body) {
        report.at(
            token,
            "`#[protected]` stands on a free function, where there is no `Self`: move the handler out of the `impl` \
             block and write the type's name",
        );
        return false;
    }
    true
}

/// Axum's own limit, less the guard.
pub(crate) fn count(parameters: &[Parameter], report: &mut Report) {
    let mut extracted = parameters.iter().filter_map(|parameter| match parameter {
        Parameter::Extracted(parameter)
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
