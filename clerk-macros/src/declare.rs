//! `permissions! { .. }` and its like: keys as constants, so that a misspelt one does not compile.

use std::collections::HashMap;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, LitStr, Token, Visibility, braced};

use crate::key::Kind;
use crate::report::Report;

/// Expands what the runtime's `macro_rules` pass on: where the runtime is, the kind of key, and the declaration.
pub(crate) fn keys(input: TokenStream) -> TokenStream {
    let mut report = Report::default();
    let expansion = match syn::parse2::<Declaration>(input) {
        Ok(declaration) => {
            declaration.check(&mut report);
            declaration.expand()
        }
        Err(error) => {
            report.add(error);
            TokenStream::new()
        }
    };
    let errors = report.into_tokens();
    quote!(#errors #expansion)
}

/// `pub Perm { InvoicesRead = "org:invoices:read", }`.
struct Declaration {
    runtime: TokenTree,
    kind: Kind,
    attrs: Vec<Attribute>,
    vis: Visibility,
    name: Ident,
    keys: Vec<Key>,
}

struct Key {
    attrs: Vec<Attribute>,
    name: Ident,
    text: LitStr,
}

impl Parse for Declaration {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let runtime = input.parse()?;
        let kind: Ident = input.parse()?;
        let kind = Kind::of_name(&kind.to_string()).ok_or_else(|| input.error("unknown kind of key"))?;
        let (plural, example) = (kind.name(), kind.example());
        let expected =
            format!("expected a declaration such as `pub Name {{ First = {example:?} }}` of {plural}s");
        let attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        let name: Ident = input
            .parse()
            .map_err(|error| syn::Error::new(error.span(), &expected))?;
        if !input.peek(syn::token::Brace) {
            return Err(if input.is_empty() {
                syn::Error::new_spanned(&name, expected)
            } else {
                input.error(expected)
            });
        }
        let content;
        braced!(content in input);
        if !input.is_empty() {
            return Err(input.error(format!(
                "the list ends before this: declare it in a `{plural}s!` of its own"
            )));
        }
        Ok(Self {
            runtime,
            kind,
            attrs,
            vis,
            name,
            keys: Key::parse_all(&content, kind)?,
        })
    }
}

impl Key {
    fn parse_all(input: ParseStream<'_>, kind: Kind) -> syn::Result<Vec<Self>> {
        let mut keys = Vec::new();
        while !input.is_empty() {
            keys.push(Self::parse(input, kind)?);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(keys)
    }

    fn parse(input: ParseStream<'_>, kind: Kind) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let example = kind.example();
        let name: Ident = input
            .parse()
            .map_err(|error| syn::Error::new(error.span(), format!("expected `Name = {example:?}`")))?;
        let expected = format!("expected `{name} = {example:?}`");
        let wrong = |error: syn::Error| syn::Error::new(error.span(), &expected);
        input.parse::<Token![=]>().map_err(wrong)?;
        Ok(Self {
            attrs,
            name,
            text: input.parse().map_err(wrong)?,
        })
    }
}

impl Declaration {
    fn check(&self, report: &mut Report) {
        let mut keys = HashMap::new();
        let mut names = HashMap::new();
        for key in &self.keys {
            if let Err(error) = self.kind.check(&key.text) {
                report.add(error);
            }
            if key.name == "ALL" {
                report.at(&key.name, "`ALL` is the list of all of them: choose another name");
            }
            let normalised = self.kind.normalised(&key.text.value());
            if let Some(earlier) = keys.insert(normalised, &key.name) {
                report.at(
                    &key.text,
                    format!(
                        "`{}` is declared as `{earlier}` already: remove one",
                        key.text.value()
                    ),
                );
            }
            if names.insert(key.name.to_string(), ()).is_some() {
                report.at(
                    &key.name,
                    format!("`{}` is declared already: choose another name", key.name),
                );
            }
        }
    }

    fn expand(&self) -> TokenStream {
        let Self {
            runtime,
            kind,
            attrs,
            vis,
            name,
            keys,
        } = self;
        let ty = kind.type_name();
        let ty = quote!(#runtime::__private::#ty);
        let mut names = Vec::new();
        let constants: Vec<TokenStream> = keys
            .iter()
            // The mistake was reported, and rustc would report it again.
            .filter(|key| {
                let is_new = !names.contains(&&key.name);
                if is_new {
                    names.push(&key.name);
                }
                is_new
            })
            .map(|Key { attrs, name, text }| {
                let doc = format!("`{}`", text.value());
                quote! {
                    #(#attrs)*
                    #[doc = #doc]
                    pub const #name: #ty<'static> = #ty(#text);
                }
            })
            .collect();
        // The lint may be forbidden where there is nothing for it to find.
        let is_upper_case = |name: &Ident| !name.to_string().contains(char::is_lowercase);
        let allow =
            (!names.iter().all(|name| is_upper_case(name))).then(|| quote!(#[allow(non_upper_case_globals)]));
        let all = (!names.iter().any(|name| *name == "ALL")).then(|| {
            quote! {
                /// All of them, in the order of their declaration.
                pub const ALL: &'static [#ty<'static>] = &[#(Self::#names),*];
            }
        });
        let doc = format!("The {}s of the application.", kind.name());
        // What rustc says of the type points at its name.
        let declared = quote_spanned!(Span::call_site().located_at(name.span())=> enum #name {});
        quote! {
            #(#attrs)*
            #[doc = #doc]
            #vis #declared

            #allow
            impl #name {
                #(#constants)*

                #all
            }
        }
    }
}
