//! `reverification = "strict"` and `reverification(level = "second_factor", after_minutes = 10)`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{ExprPath, Lit, LitStr};

use crate::constant::{nameable, typed};
use crate::distance::nearest;
use crate::runtime::Runtime;
use crate::value::{Value, split_at_commas};

const PRESETS: [(&str, &str); 4] = [
    ("strict_mfa", "StrictMfa"),
    ("strict", "Strict"),
    ("moderate", "Moderate"),
    ("lax", "Lax"),
];

const LEVELS: [(&str, &str); 3] = [
    ("first_factor", "FirstFactor"),
    ("second_factor", "SecondFactor"),
    ("multi_factor", "MultiFactor"),
];

const EXPECTED: &str = "`reverification` takes a preset, `reverification = \"strict\"`, or what is asked for, \
                        `reverification(level = \"second_factor\", after_minutes = 10)`";

/// How fresh the verification of which factors has to be.
pub(crate) enum Reverification {
    /// The name of a preset and its variant.
    Preset(LitStr, &'static str),
    Custom {
        level: &'static str,
        level_variant: &'static str,
        after_minutes: f64,
    },
    /// A constant of the user's.
    Constant(ExprPath),
}

impl Reverification {
    pub(crate) fn parse(key: &Ident, value: Value) -> syn::Result<Self> {
        match value {
            Value::List(tokens) => Self::custom(key, tokens),
            value => {
                let tokens = value.assigned(key, EXPECTED)?;
                if let Ok(text) = syn::parse2::<LitStr>(tokens.clone()) {
                    let variant = variant(&text, &PRESETS, "preset")?;
                    return Ok(Self::Preset(text, variant));
                }
                let path =
                    syn::parse2(tokens.clone()).map_err(|_| syn::Error::new_spanned(tokens, EXPECTED))?;
                nameable(path).map(Self::Constant)
            }
        }
    }

    fn custom(key: &Ident, tokens: TokenStream) -> syn::Result<Self> {
        let mut level = None;
        let mut after_minutes = None;
        for part in split_at_commas(tokens) {
            let parse = |input: ParseStream<'_>| Ok((input.call(Ident::parse_any)?, input.parse::<Value>()?));
            let (name, value) = parse
                .parse2(part.clone())
                .map_err(|_| syn::Error::new_spanned(&part, EXPECTED))?;
            match name.to_string().as_str() {
                "level" if level.is_none() => level = Some(level_of(&name, value)?),
                "after_minutes" if after_minutes.is_none() => after_minutes = Some(minutes_of(&name, value)?),
                "level" | "after_minutes" => {
                    return Err(syn::Error::new_spanned(
                        &name,
                        format!("`{name}` is given twice: remove one"),
                    ));
                }
                other => {
                    let advice = match nearest(other, ["level", "after_minutes"]) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "it takes `level` and `after_minutes`".to_owned(),
                    };
                    return Err(syn::Error::new_spanned(
                        &name,
                        format!("`reverification(..)` has no `{other}`: {advice}"),
                    ));
                }
            }
        }
        let missing =
            |what: &str| syn::Error::new_spanned(key, format!("`reverification(..)` needs {what} as well"));
        let (level, level_variant) = level.ok_or_else(|| missing("`level = \"second_factor\"`"))?;
        Ok(Self::Custom {
            level,
            level_variant,
            after_minutes: after_minutes.ok_or_else(|| missing("`after_minutes = 10`"))?,
        })
    }

    /// The value as an expression.
    pub(crate) fn expression(&self, runtime: &Runtime, word: &Ident) -> TokenStream {
        let reverification = runtime.item("Reverification");
        let ident = |name: &str| Ident::new(name, proc_macro2::Span::call_site());
        match self {
            Self::Preset(_, variant) => {
                let variant = ident(variant);
                quote!(#reverification::#variant)
            }
            Self::Custom {
                level_variant,
                after_minutes,
                ..
            } => {
                let levels = runtime.item("ReverificationLevel");
                let level = ident(level_variant);
                quote!(#reverification::Custom { level: #levels::#level, after_minutes: #after_minutes })
            }
            Self::Constant(path) => typed(path, reverification, word),
        }
    }

    /// As the runtime shows it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Preset(text, _) => text.value(),
            Self::Custom {
                level, after_minutes, ..
            } => format!("{level} within {after_minutes} minutes"),
            Self::Constant(path) => quote!(#path).to_string().replace(' ', ""),
        }
    }
}

fn variant<'a>(text: &LitStr, known: &[(&'a str, &'a str)], what: &str) -> syn::Result<&'a str> {
    let value = text.value();
    if let Some((_, variant)) = known.iter().find(|(name, _)| *name == value) {
        return Ok(variant);
    }
    let advice = match nearest(&value, known.iter().map(|(name, _)| *name)) {
        Some(near) => format!("did you mean `{near:?}`?"),
        None => {
            let names: Vec<String> = known.iter().map(|(name, _)| format!("`{name:?}`")).collect();
            format!("write one of {}", names.join(", "))
        }
    };
    Err(syn::Error::new_spanned(
        text,
        format!("there is no {what} {value:?} of reverification: {advice}"),
    ))
}

fn level_of(name: &Ident, value: Value) -> syn::Result<(&'static str, &'static str)> {
    const EXPECTED: &str = "`level` takes one in quotes: `level = \"second_factor\"`";
    let tokens = value.assigned(name, EXPECTED)?;
    let text: LitStr = syn::parse2(tokens.clone()).map_err(|_| syn::Error::new_spanned(tokens, EXPECTED))?;
    let variant = variant(&text, &LEVELS, "level")?;
    let level = LEVELS.iter().find(|(_, own)| *own == variant);
    Ok((level.map_or("", |(level, _)| level), variant))
}

fn minutes_of(name: &Ident, value: Value) -> syn::Result<f64> {
    const EXPECTED: &str = "`after_minutes` takes a number: `after_minutes = 10`";
    let tokens = value.assigned(name, EXPECTED)?;
    let minutes = match syn::parse2::<Lit>(tokens.clone()) {
        Ok(Lit::Int(number)) if number.suffix().is_empty() => number.base10_parse::<f64>().ok(),
        Ok(Lit::Float(number)) if number.suffix().is_empty() => number.base10_parse::<f64>().ok(),
        // `-10` is no literal but is the mistake below.
        _ if tokens.to_string().starts_with('-') => Some(-1.0),
        _ => None,
    };
    match minutes {
        Some(minutes) if minutes.is_finite() && minutes > 0.0 => Ok(minutes),
        Some(_) => Err(syn::Error::new_spanned(
            tokens,
            "no verification is that fresh, so nobody would be let in: write a number of minutes above zero",
        )),
        None => Err(syn::Error::new_spanned(tokens, EXPECTED)),
    }
}
