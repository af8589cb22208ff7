//! The arguments of `#[protected(..)]` and `#[public(..)]`.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Path, Type};

use crate::advice;
use crate::constant;
use crate::distance::nearest;
use crate::injected::SELF_TYPE;
use crate::names::{ARGUMENTS, NO_NOT, REQUIREMENTS, is_negation};
use crate::report::Report;
use crate::requirement::{self, Requirement};
use crate::shape;
use crate::slot::Slot;
use crate::token::Accepts;
use crate::value::{Value, split_at_commas};

/// What the attribute says.
#[derive(Default)]
pub(crate) struct Args {
    /// `token = ..`.
    pub(crate) token: Option<Accepts>,
    /// What is required, all of it.
    pub(crate) requirements: Vec<Requirement>,
    /// `redirect_to_sign_in`.
    pub(crate) redirect_to_sign_in: Option<Ident>,
    /// `state = Type`.
    pub(crate) state: Option<Type>,
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
                // Whatever it was to say, nobody is let in without it.
                args.requirements.push(Requirement::Broken);
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
            let message = requirement::without_name(&rest);
            return Err(syn::Error::new_spanned(rest, message));
        }
        let whole: TokenStream = input.fork().parse()?;
        if let Some(message) = constant::bare(&whole) {
            return Err(syn::Error::new_spanned(whole, message));
        }
        let key = input.call(Ident::parse_any)?;
        let value = match Requirement::parse(&key, input.parse()?, report) {
            Ok(requirement) => {
                self.requirements.push(requirement);
                return Ok(());
            }
            Err(value) => value,
        };
        if let Some(message) = advice::for_call(&key.to_string(), &value) {
            return Err(syn::Error::new_spanned(&key, message));
        }
        match key.to_string().as_str() {
            "token" => {
                once(
                    self.token.is_some(),
                    &key,
                    "put all types into one `token = any(..)`",
                )?;
                // Whatever comes of it, it was given.
                self.token = Some(Accepts::Any);
                self.token = Some(Accepts::parse(value.assigned(&key, TOKEN)?)?);
            }
            "redirect_to_sign_in" => {
                once(self.redirect_to_sign_in.is_some(), &key, "remove one")?;
                if let Value::Assigned(tokens) | Value::List(tokens) | Value::Other(tokens) = value {
                    return Err(syn::Error::new_spanned(
                        tokens,
                        "`redirect_to_sign_in` stands alone: where to is a setting of `ClerkBuilder`",
                    ));
                }
                self.redirect_to_sign_in = Some(key);
            }
            "state" => {
                once(self.state.is_some(), &key, "a router has one state, remove one")?;
                self.state = Some(state(&key, value)?);
            }
            "crate" => {
                once(self.runtime.is_some(), &key, "remove one")?;
                self.runtime = Some(runtime(&key, value)?);
            }
            name => return Err(syn::Error::new_spanned(&key, unknown(name))),
        }
        Ok(())
    }
}

/// Holds the arguments of `#[public]`.
#[derive(Default)]
pub(crate) struct PublicArgs {
    /// `state = Type`.
    pub(crate) state: Option<Type>,
    /// `crate = path`.
    pub(crate) runtime: Option<Path>,
}

impl PublicArgs {
    /// Reads the arguments, going on after a mistake.
    pub(crate) fn parse(tokens: TokenStream, report: &mut Report) -> Self {
        let mut args = Self::default();
        for argument in split_at_commas(tokens) {
            if let Err(error) = (|input: ParseStream<'_>| args.argument(input)).parse2(argument) {
                report.add(error);
            }
        }
        args
    }

    fn argument(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let Ok(key) = input.call(Ident::parse_any) else {
            return Err(syn::Error::new_spanned(input.parse::<TokenStream>()?, PUBLIC));
        };
        match key.to_string().as_str() {
            "crate" => {
                once(self.runtime.is_some(), &key, "remove one")?;
                self.runtime = Some(runtime(&key, input.parse()?)?);
            }
            "state" => {
                once(self.state.is_some(), &key, "a router has one state, remove one")?;
                self.state = Some(state(&key, input.parse()?)?);
            }
            name => return Err(syn::Error::new_spanned(&key, not_public(name))),
        }
        Ok(())
    }
}

fn state(key: &Ident, value: Value) -> syn::Result<Type> {
    let tokens = value.assigned(key, STATE)?;
    if let Some(token) = shape::find_self_type(tokens.clone()) {
        return Err(syn::Error::new_spanned(token, SELF_TYPE));
    }
    // Not `A + B`, the trait object of old, which has no place in `<A + B as Trait>`.
    let state = Type::without_plus.parse2(tokens.clone());
    state.map_err(|_| syn::Error::new_spanned(tokens, STATE))
}

const TOKEN: &str = "`token` takes a type of token: `token = \"api_key\"`";
const STATE: &str = "`state` takes the type of the router's state: `state = AppState`";

const PUBLIC: &str = "`#[public]` lets anyone in, and takes no argument but `state` and `crate`: remove this";

/// Why `#[public]` has no argument of this name.
fn not_public(name: &str) -> String {
    if REQUIREMENTS
        .into_iter()
        .chain(ARGUMENTS)
        .any(|known| known == name)
    {
        return format!(
            "`#[public]` lets anyone in, so it takes no `{name}`: write `#[protected(..)]`, which does"
        );
    }
    PUBLIC.into()
}

fn once(is_given: bool, key: &Ident, advice: &str) -> syn::Result<()> {
    if is_given {
        return Err(syn::Error::new_spanned(
            key,
            format!("`{key}` is given twice: {advice}"),
        ));
    }
    Ok(())
}

fn runtime(key: &Ident, value: Value) -> syn::Result<Path> {
    const EXPECTED: &str =
        "`crate` takes the path of the runtime crate, without quotes: `crate = my_reexport::clerk_runtime`";
    let tokens = value.assigned(key, EXPECTED)?;
    Path::parse_mod_style
        .parse2(tokens.clone())
        .map_err(|_| syn::Error::new_spanned(tokens, EXPECTED))
}

/// Why there is no argument of this name.
fn unknown(name: &str) -> String {
    if is_negation(name) {
        return NO_NOT.into();
    }
    if let Some(slot) = Slot::of_name(name) {
        return format!(
            "`{name}` is a parameter, not an argument: write `#[protected]`, and `{name}: {}` among the parameters of \
             the function",
            slot.usual_type()
        );
    }
    if let Some(advice) = advice::for_argument(name) {
        return advice;
    }
    match nearest(name, REQUIREMENTS.into_iter().chain(ARGUMENTS)) {
        Some(near) => format!("unknown argument `{name}`: did you mean `{near}`?"),
        None => {
            let names: Vec<String> = REQUIREMENTS
                .iter()
                .chain(&ARGUMENTS)
                .map(|name| format!("`{name}`"))
                .collect();
            format!("unknown argument `{name}`: there are {}", names.join(", "))
        }
    }
}
