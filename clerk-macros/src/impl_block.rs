//! `#[handlers]` on an `impl` block: policies move out of it, and no asynchronous function in it goes without a statement.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, Generics, Meta, ReturnType, Token, Type, WhereClause};

use crate::args::{Args, PublicArgs};
use crate::check;
use crate::expand::{self, Expansion, Place};
use crate::fallback;
use crate::future;
use crate::handler::Handler;
use crate::report::Report;
use crate::shape;

/// Expands `#[handlers] impl Type { .. }`.
pub(crate) fn handlers(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut report = Report::default();
    if !args.is_empty() {
        report.at(
            args,
            "`#[handlers]` takes no argument: state what is required at each handler, with `#[protected(..)]`",
        );
    }
    let expansion = match syn::parse2::<ImplBlock>(item.clone()) {
        Ok(block) => block.expand(&mut report),
        Err(error) => {
            report.add(error);
            fallback::without_statements(item)
        }
    };
    let errors = report.into_tokens();
    quote!(#errors #expansion)
}

/// An `impl` block whose functions' bodies are not looked into.
struct ImplBlock {
    attrs: Vec<Attribute>,
    header: Header,
    items: Vec<Item>,
    braces: Group,
}

/// `impl<T> Type<T> where ..`.
struct Header {
    generics: Generics,
    self_type: Type,
    where_clause: Option<WhereClause>,
    /// What tells the type from others, as a part of a name.
    name: String,
}

enum Item {
    Function(Box<Handler>),
    /// A constant, a type or a macro.
    Other(TokenStream),
}

impl Parse for ImplBlock {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        const EXPECTED: &str =
            "`#[handlers]` stands on an `impl` block of a type, whose functions state who may call them";
        let attrs = input.call(Attribute::parse_outer)?;
        if !input.peek(Token![impl]) {
            let rest: TokenStream = input.parse()?;
            let first = rest.into_iter().next();
            return Err(syn::Error::new_spanned(first, EXPECTED));
        }
        let header = input.parse()?;
        let TokenTree::Group(braces) = input.parse()? else {
            return Err(input.error(EXPECTED));
        };
        let items = items.parse2(braces.stream())?;
        Ok(Self {
            attrs,
            header,
            items,
            braces,
        })
    }
}

impl Parse for Header {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse::<Token![impl]>()?;
        let generics: Generics = input.parse()?;
        let self_type: Type = input.parse()?;
        if input.peek(Token![for]) {
            let token: Token![for] = input.parse()?;
            input.parse::<TokenStream>()?;
            return Err(syn::Error::new_spanned(
                token,
                "the functions of a trait are no handlers: put `#[handlers]` on an `impl` block of the type itself",
            ));
        }
        if shape::last_segment(&self_type).is_none() {
            input.parse::<TokenStream>()?;
            return Err(syn::Error::new_spanned(
                self_type,
                "`#[handlers]` needs a type with a name: write `impl YourHandlers`",
            ));
        }
        Ok(Self {
            generics,
            name: words(self_type.to_token_stream()).join("_"),
            self_type,
            where_clause: input.parse()?,
        })
    }
}

/// The names in a type. Two `impl` blocks may be of one type with other arguments, and two types may share a last segment.
fn words(tokens: TokenStream) -> Vec<String> {
    let mut words = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => words.push(ident.unraw().to_string()),
            TokenTree::Group(group) => words.extend(self::words(group.stream())),
            TokenTree::Literal(literal) => {
                words.push(
                    literal
                        .to_string()
                        .replace(|c: char| !c.is_ascii_alphanumeric(), "_"),
                );
            }
            TokenTree::Punct(_) => {}
        }
    }
    words
}

fn items(input: ParseStream<'_>) -> syn::Result<Vec<Item>> {
    let mut items = Vec::new();
    while !input.is_empty() {
        let ahead = input.fork();
        items.push(match ahead.parse::<Handler>() {
            Ok(handler) => {
                input.advance_to(&ahead);
                Item::Function(Box::new(handler))
            }
            Err(_) => Item::Other(other(input)?),
        });
    }
    Ok(items)
}

/// Everything up to a semicolon, or to braces that nothing needs a semicolon after.
fn other(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut tokens = TokenStream::new();
    let mut is_assigned = false;
    while !input.is_empty() {
        let token: TokenTree = input.parse()?;
        let is_end = match &token {
            TokenTree::Punct(punct) if punct.as_char() == ';' => true,
            TokenTree::Punct(punct) => {
                is_assigned |= punct.as_char() == '=';
                false
            }
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace && !is_assigned,
            _ => false,
        };
        token.to_tokens(&mut tokens);
        if is_end {
            break;
        }
    }
    Ok(tokens)
}

impl ImplBlock {
    fn expand(self, report: &mut Report) -> TokenStream {
        let Self {
            mut attrs,
            header,
            items,
            braces,
        } = self;
        attrs.retain(|attr| {
            let again = attr
                .path()
                .segments
                .last()
                .is_some_and(|last| last.ident == "handlers");
            if again {
                report.at(attr, "`#[handlers]` is given twice: remove one");
            }
            !again
        });
        let mut declarations = TokenStream::new();
        let mut body = TokenStream::new();
        for item in items {
            match item {
                Item::Other(tokens) => tokens.to_tokens(&mut body),
                Item::Function(handler) => {
                    let Expansion {
                        declaration,
                        function,
                    } = function(*handler, &header, &attrs, report);
                    declaration.to_tokens(&mut declarations);
                    function.to_tokens(&mut body);
                }
            }
        }
        let mut body = Group::new(Delimiter::Brace, body);
        body.set_span(braces.span());
        let Header {
            generics,
            self_type,
            where_clause,
            ..
        } = header;
        quote! {
            #declarations
            #(#attrs)*
            impl #generics #self_type #where_clause #body
        }
    }
}

fn function(mut handler: Handler, header: &Header, attrs: &[Attribute], report: &mut Report) -> Expansion {
    let Some(at) = handler
        .attrs
        .iter()
        .position(|attr| check::states_access(attr).is_some())
    else {
        return unstated(handler, report);
    };
    if !check::is_without_receiver(&handler, report) {
        handler.attrs.retain(|attr| check::states_access(attr).is_none());
        return as_it_is(handler);
    }
    let mut attr = handler.attrs.remove(at);
    let args = arguments(&attr, report);
    let place = Place::Impl(expand::ImplBlock {
        name: &header.name,
        generics: &header.generics,
        attrs,
    });
    let mut expansion = if check::states_access(&attr) == Some("public") {
        expand::opened(handler, PublicArgs::parse(args, report), place, report)
    } else {
        expand::guarded(handler, Args::parse(args, report), place, report)
    };
    check::mark_as_done(&mut attr);
    let function = expansion.function;
    expansion.function = quote!(#attr #function);
    expansion
}

fn arguments(attr: &Attribute, report: &mut Report) -> TokenStream {
    match &attr.meta {
        Meta::List(list) => list.tokens.clone(),
        Meta::Path(_) => TokenStream::new(),
        Meta::NameValue(assigned) => {
            report.at(
                &assigned.value,
                "arguments stand in parentheses: write `#[protected(role = \"org:admin\")]`",
            );
            TokenStream::new()
        }
    }
}

/// A function without attribute of ours. Only one that is asynchronous, or returns a future, could be a handler.
fn unstated(mut handler: Handler, report: &mut Report) -> Expansion {
    let hidden = handler.attrs.iter().position(states_access_perhaps);
    if let Some(at) = hidden {
        report.at(
            handler.attrs.remove(at),
            "`#[handlers]` cannot see what is inside `cfg_attr`: write two functions, each with a `#[cfg(..)]` and with \
             `#[protected]` or `#[public]`",
        );
    } else if handler.sig.asyncness.is_some() {
        report.at(
            &handler.sig.ident,
            "nothing states who may call this: put `#[protected]` or `#[public]` on it, or move it to another `impl` \
             block if it is no handler",
        );
    } else if let ReturnType::Type(_, output) = &handler.sig.output
        && future::is_future(output)
    {
        report.at(
            output,
            "nothing states who may call this, and axum takes a function that returns a future as a handler: write \
             `async fn` with `#[protected]` or `#[public]`, or move it to another `impl` block if it is no handler",
        );
    }
    as_it_is(handler)
}

/// Whether an attribute of ours is inside `cfg_attr`.
fn states_access_perhaps(attr: &Attribute) -> bool {
    let Meta::List(list) = &attr.meta else {
        return false;
    };
    let names = |token| matches!(token, TokenTree::Ident(word) if check::attribute(&word).is_some());
    attr.path().is_ident("cfg_attr") && list.tokens.clone().into_iter().any(names)
}

fn as_it_is(handler: Handler) -> Expansion {
    let Handler {
        attrs,
        vis,
        sig,
        body,
    } = handler;
    Expansion {
        declaration: TokenStream::new(),
        function: quote!(#(#attrs)* #vis #sig #body),
    }
}
