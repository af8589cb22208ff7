//! The function that the attribute stands on.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Signature, Token, Visibility};

/// A function whose body is not looked into: errors in it stay where they are, and completion works while it is typed.
pub(crate) struct Handler {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
    pub(crate) body: Group,
}

impl Parse for Handler {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        if let Some(kind) = other_item(input) {
            let found: TokenTree = input.parse()?;
            input.parse::<TokenStream>()?;
            return Err(syn::Error::new_spanned(
                found,
                format!("this attribute stands on an `async fn`, not on {kind}: put it on each handler"),
            ));
        }
        if is_closure(input) {
            let found: TokenTree = input.parse()?;
            input.parse::<TokenStream>()?;
            return Err(syn::Error::new_spanned(
                found,
                "this attribute stands on an `async fn`, and a closure is none: write one, or let the closure say by its first \
                 parameter who may call, `|_: Public| ..` or `|_: Guard<YourPolicy>| ..`",
            ));
        }
        let sig: Signature = input.parse()?;
        if input.peek(Token![;]) {
            let semicolon: Token![;] = input.parse()?;
            return Err(syn::Error::new_spanned(
                semicolon,
                "this attribute needs a function with a body, and a function of a trait is no handler: write a free \
                 `async fn`, or one in an `impl` block of a type with `#[handlers]`",
            ));
        }
        let body = block(input.parse()?)
            .ok_or_else(|| syn::Error::new_spanned(&sig, "expected a body in braces"))?;
        Ok(Self {
            attrs,
            vis,
            sig,
            body,
        })
    }
}

/// What stands here in place of a function, as far as one token tells.
fn other_item(input: ParseStream<'_>) -> Option<&'static str> {
    let kinds: [(bool, &str); 10] = [
        (input.peek(Token![struct]), "a struct"),
        (input.peek(Token![enum]), "an enum"),
        (input.peek(Token![union]) && !input.peek2(Token![!]), "a union"),
        (input.peek(Token![impl]), "an `impl` block"),
        (input.peek(Token![trait]), "a trait"),
        (input.peek(Token![mod]), "a module"),
        (input.peek(Token![static]), "a static"),
        (input.peek(Token![use]), "an import"),
        (input.peek(Token![type]), "a type alias"),
        (input.peek(Token![const]) && !is_function(input), "a constant"),
    ];
    kinds.into_iter().find_map(|(is, kind)| is.then_some(kind))
}

/// Returns true where a closure stands, or a statement that could name one.
fn is_closure(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    let _ = ahead.parse::<Option<Token![async]>>();
    let _ = ahead.parse::<Option<Token![move]>>();
    ahead.peek(Token![|]) || ahead.peek(Token![||]) || ahead.peek(Token![let])
}

fn is_function(input: ParseStream<'_>) -> bool {
    input.fork().parse::<Signature>().is_ok()
}

/// The group in braces; a `macro_rules` block fragment has an invisible group around it.
fn block(tokens: TokenTree) -> Option<Group> {
    match tokens {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            group.stream().into_iter().next().and_then(block)
        }
        _ => None,
    }
}

/// Puts statements at the start of a body, behind its inner attributes, which must come first.
pub(crate) fn prepend(body: &Group, statements: &TokenStream) -> Group {
    if statements.is_empty() {
        return body.clone();
    }
    let mut tokens = TokenStream::new();
    let mut rest = body.stream().into_iter().peekable();
    while let Some(attribute) = inner_attribute(&mut rest) {
        attribute.to_tokens(&mut tokens);
    }
    statements.to_tokens(&mut tokens);
    tokens.extend(rest);
    let mut group = Group::new(Delimiter::Brace, tokens);
    group.set_span(body.span());
    group
}

/// Returns whether a name occurs, also inside of a text, as in `format!("{user_id}")`.
pub(crate) fn mentions(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Literal(literal) => literal.to_string().contains(name),
        TokenTree::Group(group) => mentions(group.stream(), name),
        TokenTree::Punct(_) => false,
    })
}

/// Takes `#![..]`. No statement starts with `#` and `!` otherwise.
fn inner_attribute(
    rest: &mut std::iter::Peekable<impl Iterator<Item = TokenTree> + Clone>,
) -> Option<TokenStream> {
    let is_punct = |token: &TokenTree, c| matches!(token, TokenTree::Punct(punct) if punct.as_char() == c);
    let mut ahead = rest.clone();
    let tokens = [ahead.next()?, ahead.next()?, ahead.next()?];
    if is_punct(&tokens[0], '#') && is_punct(&tokens[1], '!') {
        *rest = ahead;
        return Some(tokens.into_iter().collect());
    }
    None
}
