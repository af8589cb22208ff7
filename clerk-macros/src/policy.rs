//! What the attribute asks for, as the constants of the policy and in words.

use proc_macro2::TokenStream;
use quote::quote;

use crate::args::Args;
use crate::requirement::Requirement;
use crate::runtime::Runtime;

/// The constants. What the attribute does not say is the policy's default.
pub(crate) fn demands(args: &Args, runtime: &Runtime) -> TokenStream {
    let token = args.token.as_ref().map(|token| {
        let [accepts, token_type] = ["AcceptsToken", "TokenType"].map(|name| runtime.item(name));
        let value = token.expression(&accepts, &token_type);
        quote!(const ACCEPTS: #accepts = #value;)
    });
    let requirement = requirement(args, runtime).map(|value| {
        let requirement = runtime.item("Requirement");
        quote! {
            const REQUIREMENT: ::core::option::Option<#requirement<'static>> =
                ::core::option::Option::Some(#value);
        }
    });
    let redirect = args.redirect_to_sign_in.as_ref().map(|_| {
        let when = runtime.item("WhenSignedOut");
        quote!(const WHEN_SIGNED_OUT: #when = #when::RedirectToSignIn;)
    });
    quote!(#token #requirement #redirect)
}

/// Writes what does not compile if a constant in the attribute is of another kind.
pub(crate) fn constant_checks(args: &Args, runtime: &Runtime) -> Option<TokenStream> {
    let checks = args.requirements.iter().map(|one| one.constant_checks(runtime));
    let checks: TokenStream = checks.collect();
    (!checks.is_empty()).then(|| quote!(const _: () = { #checks };))
}

fn requirement(args: &Args, runtime: &Runtime) -> Option<TokenStream> {
    match args.requirements.as_slice() {
        [] => None,
        [one] => Some(one.expression(runtime)),
        several => {
            let requirement = runtime.item("Requirement");
            let items = several.iter().map(|one| one.expression(runtime));
            Some(quote!(#requirement::All(&[#(#items),*])))
        }
    }
}

/// Who may call the handler, as an access table of the runtime shows it, with constants by their names.
pub(crate) fn access_line(args: &Args) -> String {
    let required = match args.requirements.as_slice() {
        [] => "signed in".to_owned(),
        [one] => format!("`{}`", one.shown()),
        several => {
            let items: Vec<String> = several.iter().map(Requirement::shown).collect();
            format!("`all({})`", items.join(", "))
        }
    };
    match &args.token {
        Some(token) => format!("{required} with `{}`", token.shown()),
        None => required,
    }
}
