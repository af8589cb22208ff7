//! What a handler requires: the tree of `role = ..`, `any(..)` and their like.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{ExprPath, LitStr};

use crate::advice;
use crate::constant::{bare, misspelt, nameable, typed};
use crate::distance::nearest;
use crate::key::Kind;
use crate::names::{ARGUMENTS, NO_NOT, REQUIREMENTS, is_negation};
use crate::report::Report;
use crate::reverification::Reverification;
use crate::runtime::{Runtime, shown_at};
use crate::slot::Slot;
use crate::value::{Value, split_at_commas};

/// A node of the tree.
pub(crate) enum Requirement {
    Leaf(Leaf),
    List(List),
    /// With a mistake that was reported.
    Broken,
}

/// Something that is had or not.
pub(crate) struct Leaf {
    pub(crate) asked: Asked,
    /// The name of the argument, as it was written.
    word: Ident,
    /// What is blamed for it.
    pub(crate) tokens: TokenStream,
}

pub(crate) enum Asked {
    /// A key in quotes.
    Key(Kind, LitStr),
    /// A constant of the user's.
    Constant(Kind, ExprPath),
    Reverification(Reverification),
}

/// `any(..)` or `all(..)`.
pub(crate) struct List {
    pub(crate) quantifier: Quantifier,
    pub(crate) items: Vec<Requirement>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantifier {
    Any,
    All,
}

impl Requirement {
    /// Reads what follows one of the [`REQUIREMENTS`]; nothing if the key is none of them.
    pub(crate) fn parse(key: &Ident, value: Value, report: &mut Report) -> Result<Self, Value> {
        let name = key.to_string();
        if let Some((at, message)) = value.comparison(&name) {
            report.at(at, message);
            return Ok(Self::Broken);
        }
        let leaf = |asked: syn::Result<Leaf>, report: &mut Report| match asked {
            Ok(leaf) => Self::Leaf(leaf),
            Err(error) => {
                report.add(error);
                Self::Broken
            }
        };
        if let Some(kind) = Kind::of_name(&name) {
            return Ok(leaf(Leaf::of_key(kind, key, value), report));
        }
        Ok(match name.as_str() {
            "reverification" => leaf(Leaf::of_reverification(key, value), report),
            "any" => Self::list(key, Quantifier::Any, value, report),
            "all" => Self::list(key, Quantifier::All, value, report),
            _ => return Err(value),
        })
    }

    fn list(word: &Ident, quantifier: Quantifier, value: Value, report: &mut Report) -> Self {
        let expected = format!(
            "`{word}` takes a list of requirements: `{word}(role = \"org:admin\", permission = \"org:invoices:read\")`"
        );
        let tokens = match value.list(word, &expected) {
            Ok(tokens) => tokens,
            Err(error) => {
                report.add(error);
                return Self::Broken;
            }
        };
        let items: Vec<Self> = split_at_commas(tokens)
            .into_iter()
            .map(|part| Self::item(word, part, report))
            .collect();
        if items.is_empty() {
            report.at(
                word,
                format!("an empty `{word}()` is satisfied by nobody: list what is required, or remove it"),
            );
            return Self::Broken;
        }
        Self::List(List { quantifier, items })
    }

    fn item(word: &Ident, tokens: TokenStream, report: &mut Report) -> Self {
        if let Some(message) = bare(&tokens) {
            report.at(tokens, message);
            return Self::Broken;
        }
        let parse = |input: ParseStream<'_>| Ok((input.call(Ident::parse_any)?, input.parse::<Value>()?));
        let Ok((key, value)) = parse.parse2(tokens.clone()) else {
            let message = without_name(&tokens);
            report.at(tokens, message);
            return Self::Broken;
        };
        match Self::parse(&key, value, report) {
            Ok(requirement) => requirement,
            Err(_) => {
                report.at(&key, no_requirement(word, &key.to_string()));
                Self::Broken
            }
        }
    }

    /// Puts a broken one in the place of each leaf that is mistaken.
    pub(crate) fn break_if(&mut self, is_mistaken: &mut dyn FnMut(&Leaf) -> bool) {
        match self {
            Self::Leaf(leaf) if is_mistaken(leaf) => *self = Self::Broken,
            Self::List(list) => list.items.iter_mut().for_each(|item| item.break_if(is_mistaken)),
            Self::Leaf(_) | Self::Broken => {}
        }
    }

    /// The constant of the policy.
    pub(crate) fn expression(&self, runtime: &Runtime) -> TokenStream {
        let requirement = runtime.item("Requirement");
        match self {
            Self::Leaf(leaf) => leaf.expression(runtime, &requirement),
            Self::List(list) => {
                let items = list.items.iter().map(|item| item.expression(runtime));
                match list.quantifier {
                    Quantifier::Any => quote!(#requirement::Any(&[#(#items),*])),
                    Quantifier::All => quote!(#requirement::All(&[#(#items),*])),
                }
            }
            // Satisfied by nobody.
            Self::Broken => quote!(#requirement::Any(&[])),
        }
    }

    /// Writes a statement for each constant of the user's that does not compile, with a message of ours, if it is none of the
    /// kind.
    pub(crate) fn constant_checks(&self, runtime: &Runtime) -> TokenStream {
        match self {
            Self::Leaf(leaf) => leaf.constant().map_or_else(TokenStream::new, |constant| {
                let at = Span::call_site().located_at(constant.span());
                let is_kind = shown_at(at, runtime.item(&format!("is_{}", leaf.name())));
                quote_spanned!(at=> #is_kind(&#constant);)
            }),
            Self::List(list) => list
                .items
                .iter()
                .map(|item| item.constant_checks(runtime))
                .collect(),
            Self::Broken => TokenStream::new(),
        }
    }

    /// As the runtime shows it, with constants by their names.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Leaf(leaf) => format!("{} {}", leaf.name(), leaf.key()),
            Self::List(list) => {
                let items: Vec<String> = list.items.iter().map(Self::shown).collect();
                let word = match list.quantifier {
                    Quantifier::Any => "any",
                    Quantifier::All => "all",
                };
                format!("{word}({})", items.join(", "))
            }
            Self::Broken => String::new(),
        }
    }
}

impl Leaf {
    fn of_key(kind: Kind, key: &Ident, value: Value) -> syn::Result<Self> {
        let (name, example) = (kind.name(), kind.example());
        // A scope has no type of constant: it is written the same way wherever it is granted.
        let or_constant = if kind == Kind::Scope {
            ""
        } else {
            ", or a constant of yours"
        };
        let expected = format!("`{name}` takes one {name} in quotes, `{name} = {example:?}`{or_constant}");
        if let Value::List(tokens) | Value::Other(tokens) = &value
            && let Some(message) = not_assigned(name, tokens)
        {
            return Err(syn::Error::new_spanned(tokens, message));
        }
        let tokens = value.assigned(key, &expected)?;
        if let Ok(text) = syn::parse2::<LitStr>(tokens.clone()) {
            kind.check(&text)?;
            return Ok(Self {
                asked: Asked::Key(kind, text),
                word: key.clone(),
                tokens,
            });
        }
        if let Some((at, message)) = several(name, &tokens) {
            return Err(syn::Error::new_spanned(at, message));
        }
        if let Some(message) = misspelt(kind, &tokens) {
            return Err(syn::Error::new_spanned(tokens, message));
        }
        match syn::parse2::<ExprPath>(tokens.clone()) {
            Ok(path) if kind != Kind::Scope => Ok(Self {
                asked: Asked::Constant(kind, nameable(path)?),
                word: key.clone(),
                tokens,
            }),
            _ => Err(syn::Error::new_spanned(tokens, expected)),
        }
    }

    fn of_reverification(key: &Ident, value: Value) -> syn::Result<Self> {
        let tokens = match &value {
            Value::Assigned(tokens) => tokens.clone(),
            _ => key.to_token_stream(),
        };
        let asked = Asked::Reverification(Reverification::parse(key, value)?);
        Ok(Self {
            asked,
            word: key.clone(),
            tokens,
        })
    }

    /// The constant of the user's that it is.
    pub(crate) fn constant(&self) -> Option<&ExprPath> {
        match &self.asked {
            Asked::Constant(_, path) | Asked::Reverification(Reverification::Constant(path)) => Some(path),
            Asked::Key(..) | Asked::Reverification(_) => None,
        }
    }

    /// The name of the argument.
    pub(crate) fn name(&self) -> &'static str {
        match &self.asked {
            Asked::Key(kind, _) | Asked::Constant(kind, _) => kind.name(),
            Asked::Reverification(_) => "reverification",
        }
    }

    pub(crate) fn kind(&self) -> Option<Kind> {
        match &self.asked {
            Asked::Key(kind, _) | Asked::Constant(kind, _) => Some(*kind),
            Asked::Reverification(_) => None,
        }
    }

    fn key(&self) -> String {
        match &self.asked {
            Asked::Key(_, text) => text.value(),
            Asked::Constant(_, path) => path.to_token_stream().to_string().replace(' ', ""),
            Asked::Reverification(reverification) => reverification.shown(),
        }
    }

    /// What two leaves that ask for the same have in common.
    pub(crate) fn identity(&self) -> (&'static str, String) {
        let key = match &self.asked {
            Asked::Key(kind, text) => kind.normalised(&text.value()),
            _ => self.key(),
        };
        (self.name(), key)
    }

    fn expression(&self, runtime: &Runtime, requirement: &TokenStream) -> TokenStream {
        match &self.asked {
            Asked::Key(kind, text) => {
                let variant = kind.type_name();
                let key = runtime.item(&variant.to_string());
                quote!(#requirement::#variant(#key(#text)))
            }
            Asked::Constant(kind, path) => {
                let variant = kind.type_name();
                let ty = runtime.item(&variant.to_string());
                let value = typed(path, quote!(#ty<'static>), &self.word);
                quote!(#requirement::#variant(#value))
            }
            Asked::Reverification(reverification) => {
                let value = reverification.expression(runtime, &self.word);
                quote!(#requirement::Reverification(#value))
            }
        }
    }
}

/// Why more than one key cannot be given in this way, and where it shows.
fn several(name: &str, tokens: &TokenStream) -> Option<(TokenStream, String)> {
    let is_operator =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if matches!(punct.as_char(), '|' | '&'));
    let operator: TokenStream = tokens.clone().into_iter().filter(is_operator).take(2).collect();
    if !operator.is_empty() {
        let message = "requirements are joined by commas: write `any(.., ..)` if one of them is enough, `all(.., ..)` if not";
        return Some((operator, message.into()));
    }
    let is_semicolon = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';');
    if let Some(semicolon) = tokens.clone().into_iter().find(is_semicolon) {
        let message = "arguments are separated by commas: write `,` in place of `;`";
        return Some((semicolon.into(), message.into()));
    }
    let is_list = match tokens.clone().into_iter().next() {
        Some(TokenTree::Group(group)) => group.delimiter() != Delimiter::None,
        Some(TokenTree::Ident(word)) => {
            (word == "any" || word == "all") && tokens.clone().into_iter().count() == 2
        }
        Some(TokenTree::Punct(punct)) => punct.as_char() == '&',
        _ => false,
    };
    is_list.then(|| {
        let message = format!("`{name}` takes one: {}", advice::one_of_several(name));
        (tokens.clone(), message)
    })
}

/// Returns the error for a key that follows its argument without `=`.
fn not_assigned(name: &str, tokens: &TokenStream) -> Option<String> {
    let mut rest = tokens.clone().into_iter();
    let first = rest.next()?;
    let key = match &first {
        TokenTree::Punct(punct) if matches!(punct.as_char(), ':' | '>' | '<') => {
            rest.find(|token| matches!(token, TokenTree::Literal(_)))
        }
        TokenTree::Literal(_) => Some(first),
        _ => None,
    }?;
    Some(format!("a key follows `=`: write `{name} = {key}`"))
}

/// Returns the error for an argument that does not begin with a name.
pub(crate) fn without_name(tokens: &TokenStream) -> String {
    let first = tokens.clone().into_iter().next();
    let advice = match &first {
        Some(TokenTree::Literal(literal)) => {
            let text = literal.to_string();
            let name = match text.trim_matches('"').split(':').count() {
                2 => "role",
                3 => "permission",
                _ => "feature",
            };
            format!("a bare text does not say what it is: write `{name} = {text}`")
        }
        Some(TokenTree::Punct(punct)) if punct.as_char() == '!' => return NO_NOT.into(),
        Some(TokenTree::Punct(punct)) if punct.as_char() == '|' => {
            "the attribute takes no function: state what is required, and ask in the body, with `auth.authorize(..)?`, what depends \
             on more"
                .into()
        }
        Some(TokenTree::Group(_)) => "write arguments without brackets around them".into(),
        _ => "an argument begins with its name".into(),
    };
    format!("expected an argument such as `role = \"org:admin\"`; {advice}")
}

/// Why there is no requirement of this name inside a list.
fn no_requirement(word: &Ident, name: &str) -> String {
    if is_negation(name) {
        return NO_NOT.into();
    }
    if ARGUMENTS.contains(&name) {
        return format!("`{name}` is no requirement: write it outside of `{word}(..)`");
    }
    if let Some(slot) = Slot::of_name(name) {
        return format!(
            "`{name}` is a parameter, no requirement: write `{name}: {}` among the parameters of the function, and compare \
             it in the body",
            slot.usual_type()
        );
    }
    if let Some(advice) = advice::for_argument(name) {
        return advice;
    }
    match nearest(name, REQUIREMENTS) {
        Some(near) => format!("unknown requirement `{name}`: did you mean `{near}`?"),
        None => {
            let names = REQUIREMENTS.map(|name| format!("`{name}`")).join(", ");
            format!("unknown requirement `{name}`: there are {names}")
        }
    }
}
