//! `#[utoipa::path]` below the attribute, which is told the security requirement of the operation.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Meta};

use crate::args::Args;
use crate::key::Kind;
use crate::requirement::Requirement;
use crate::token::TokenType;
use crate::value::split_at_commas;

/// Adds the security requirement, unless there is one that the user wrote. The runtime writes its own over it where a
/// document comes together by it; one that comes together without it would have none.
pub(crate) fn secure(attrs: &mut [Attribute], args: &Args) {
    for attr in attrs {
        let mut segments = attr.path().segments.iter().rev();
        let is_path = segments.next().is_some_and(|last| last.ident == "path")
            && segments.next().is_some_and(|before| before.ident == "utoipa");
        if let Meta::List(list) = &mut attr.meta
            && is_path
            && !states_security(&list.tokens)
        {
            let security = security(args);
            let tokens = std::mem::take(&mut list.tokens);
            let comma = tokens
                .clone()
                .into_iter()
                .last()
                .filter(|last| last.to_string() != ",")
                .map(|_| quote!(,));
            list.tokens = quote!(#tokens #comma security(#security));
        }
    }
}

fn states_security(tokens: &TokenStream) -> bool {
    split_at_commas(tokens.clone()).into_iter().any(|argument| {
        let first = argument.into_iter().next();
        first.is_some_and(|first| first.to_string() == "security")
    })
}

/// One alternative for each way in which an accepted token can be presented.
fn security(args: &Args) -> TokenStream {
    const SCHEMES: [(&str, TokenType); 5] = [
        ("clerk_session_token", TokenType::Session),
        ("clerk_session_cookie", TokenType::Session),
        ("clerk_api_key", TokenType::ApiKey),
        ("clerk_m2m_token", TokenType::M2m),
        ("clerk_oauth_token", TokenType::Oauth),
    ];
    let accepts = args.accepts();
    let scopes: Vec<String> = args.requirements.iter().filter_map(scope).collect();
    let schemes = SCHEMES
        .into_iter()
        .filter(|(_, one)| accepts.accepts(*one))
        .map(|(name, one)| {
            let scopes = if one == TokenType::Session { &[] } else { &*scopes };
            quote!((#name = [#(#scopes),*]))
        });
    quote!(#(#schemes),*)
}

fn scope(requirement: &Requirement) -> Option<String> {
    match requirement {
        Requirement::Leaf(leaf) if leaf.kind() == Some(Kind::Scope) => Some(leaf.identity().1),
        _ => None,
    }
}
