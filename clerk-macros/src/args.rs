//! The arguments of `#[protected(..)]`.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Path, Token};

use crate::distance::nearest;
use crate::report::Report;
use crate::slot::Slot;
use crate::token::{Accepts, Scope};

/// Requirements that are planned. They are known by name so that none of them is ever mistaken for a spelling of
/// something else, or dropped: a handler that states one must not compile without it.
const REQUIREMENTS: [&str; 8] = [
    "role",
    "permission",
    "feature",
    "plan",
    "any",
    "all",
    "reverification",
    "state",
];

/// What there is.
const ARGUMENTS: [&str; 4] = ["token", "scope", "redirect_to_sign_in", "crate"];

/// What the attribute says.
#[derive(Default)]
pub(crate) struct Args {
    /// `token = ..`.
    pub(crate) token: Option<Accepts>,
    /// `scope = ".."`, each time it is given.
    pub(crate) scopes: Vec<Scope>,
    /// `redirect_to_sign_in`.
    pub(crate) redirect_to_sign_in: Option<Ident>,
    /// `crate = path`.
    pub(crate) runtime: Option<Path>,
}

impl Args {
    /// Reads the arguments, going on after a mistake.
    pub(crate) fn parse(tokens: TokenStream, report: &mut Report) -> Self {
        let mut args = Self::default();
        for argument in split_at_commas(tokens) {
            if let Err(error) = (|input: ParseStream<'_>| args.argument(input, report)).parse2(argument) {
                report.add(error);
            }
        }
        args
    }

    /// The types of token that are accepted, said or not.
    pub(crate) fn accepts(&self) -> Accepts {
        self.token.clone().unwrap_or_default()
    }

    fn argument(&mut self, input: ParseStream<'_>, report: &mut Report) -> syn::Result<()> {
        if !input.peek(Ident::peek_any) {
            let rest: TokenStream = input.parse()?;
            report.at(
                rest,
                "expected an argument such as `token = \"api_key\"`; requirements are not written as text",
            );
            return Ok(());
        }
        let key = input.call(Ident::parse_any)?;
        let value: Value = input.parse()?;
        match key.to_string().as_str() {
            "crate" => {
                if self.runtime.is_some() {
                    report.at(key, "`crate` is given twice: remove one");
                } else {
                    self.runtime = Some(runtime(&key, value)?);
                }
            }
            "token" => {
                if self.token.is_some() {
                    report.at(
                        key,
                        "`token` is given twice: put all types into one `token = any(..)`",
                    );
                } else {
                    // Whatever comes of it, it was given.
                    self.token = Some(Accepts::Any);
                    self.token = Some(Accepts::parse(assigned(&key, value, TOKEN)?)?);
                }
            }
            "scope" => {
                let scope = assigned(&key, value, SCOPE)?;
                let scope: Scope = match syn::parse2::<syn::LitStr>(scope.clone()) {
                    Ok(_) => syn::parse2(scope)?,
                    Err(_) => return Err(syn::Error::new_spanned(scope, SCOPE)),
                };
                if self
                    .scopes
                    .iter()
                    .any(|earlier| earlier.0.value() == scope.0.value())
                {
                    report.at(&scope.0, "this scope is given twice: remove one");
                } else {
                    self.scopes.push(scope);
                }
            }
            "redirect_to_sign_in" => {
                if let Value::Assigned(tokens) | Value::Other(tokens) = value {
                    report.at(
                        tokens,
                        "`redirect_to_sign_in` stands alone: where to is a setting of `ClerkBuilder`",
                    );
                } else if self.redirect_to_sign_in.is_some() {
                    report.at(key, "`redirect_to_sign_in` is given twice: remove one");
                } else {
                    self.redirect_to_sign_in = Some(key);
                }
            }
            name => report.at(&key, refusal(name)),
        }
        Ok(())
    }
}

/// What follows a key.
enum Value {
    None,
    /// After `=`.
    Assigned(TokenStream),
    /// Anything else, such as a list in parentheses.
    Other(TokenStream),
}

impl syn::parse::Parse for Value {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(if input.is_empty() {
            Self::None
        } else if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Self::Assigned(input.parse()?)
        } else {
            Self::Other(input.parse()?)
        })
    }
}

const TOKEN: &str = "`token` takes a type of token: `token = \"api_key\"`";
const SCOPE: &str =
    "`scope` takes one scope in quotes: `scope = \"invoices:read\"`; several are given one by one";

/// What stands behind `=`.
fn assigned(key: &Ident, value: Value, expected: &str) -> syn::Result<TokenStream> {
    match value {
        Value::Assigned(tokens) if !tokens.is_empty() => Ok(tokens),
        Value::Other(tokens) => Err(syn::Error::new_spanned(tokens, expected)),
        Value::Assigned(_) | Value::None => Err(syn::Error::new_spanned(key, expected)),
    }
}

fn runtime(key: &Ident, value: Value) -> syn::Result<Path> {
    const EXPECTED: &str =
        "`crate` takes the path of the runtime crate, without quotes: `crate = my_reexport::clerk_runtime`";
    let tokens = assigned(key, value, EXPECTED)?;
    Path::parse_mod_style
        .parse2(tokens.clone())
        .map_err(|_| syn::Error::new_spanned(tokens, EXPECTED))
}

/// Why there is no argument of this name.
fn refusal(name: &str) -> String {
    if name == "not" {
        return "there is no `not(..)`: data that is missing would satisfy it, so it fails open; state what is required \
                instead"
            .into();
    }
    if REQUIREMENTS.contains(&name) {
        return format!(
            "`{name}` is not available in this version, and without it this handler would only ask that somebody is \
             signed in: remove the argument and check in the body, for example with an `auth: SessionAuth` parameter"
        );
    }
    if let Some(slot) = Slot::of_name(name) {
        return format!(
            "`{name}` is a parameter, not an argument: write `#[protected]`, and `{name}: {}` among the parameters of \
             the function",
            slot.usual_type()
        );
    }
    match nearest(name, ARGUMENTS.into_iter().chain(REQUIREMENTS)) {
        Some(near) if ARGUMENTS.contains(&near) => {
            format!("unknown argument `{name}`: did you mean `{near}`?")
        }
        Some(requirement) => format!(
            "unknown argument `{name}`; `{requirement}`, if that is what you mean, is not available in this version. \
             {THERE_ARE}"
        ),
        None => format!("unknown argument `{name}`. {THERE_ARE}"),
    }
}

const THERE_ARE: &str = "The arguments are `token`, `scope`, `redirect_to_sign_in` and `crate`";

/// Cuts at commas that stand outside of all brackets. `<` and `>` need no care: no argument has generics.
fn split_at_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    for token in ungrouped(tokens) {
        match (&token, parts.last_mut()) {
            (TokenTree::Punct(comma), _) if comma.as_char() == ',' => parts.push(TokenStream::new()),
            (_, Some(part)) => token.to_tokens(part),
            (_, None) => parts.push(token.into()),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Takes tokens out of the invisible groups that `macro_rules` fragments come in.
fn ungrouped(tokens: TokenStream) -> Vec<TokenTree> {
    let mut flat = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                flat.extend(ungrouped(group.stream()))
            }
            token => flat.push(token),
        }
    }
    flat
}
