//! The claim `aud` (RFC 7519 §4.1.3).

use std::mem::size_of;
use std::slice;

use serde::de::MapAccess;

use super::json::{Found, Member, Shape};
use super::text::{Decoded, Text};

/// `aud`, by what it can be compared to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Audience<T> {
    /// Absent, null or empty.
    #[default]
    Missing,
    OneOf(T),
    /// Neither a string nor a list of strings.
    Odd,
}

/// One text, or a list of them.
#[derive(Debug, Clone)]
pub(super) enum OneOrMore {
    One(Text),
    List(Vec<Text>),
}

impl OneOrMore {
    fn as_slice(&self) -> &[Text] {
        match self {
            Self::One(one) => slice::from_ref(one),
            Self::List(list) => list,
        }
    }
}

impl Audience<OneOrMore> {
    pub(super) fn read<'de, A: MapAccess<'de>>(member: Member<'_, 'de, A>) -> Result<Self, A::Error> {
        let (mut one, mut more) = (None, Vec::new());
        let (mut is_null, mut has_others, mut has_content) = (false, false, false);
        let shape = member.each(|found| match found {
            Found::Text(text) => {
                has_content |= text.len() > 0;
                match one {
                    None => one = Some(text),
                    Some(first) => {
                        if more.is_empty() {
                            more.push(first);
                        }
                        more.push(text);
                    }
                }
            }
            Found::Null => is_null = true,
            Found::Bool(_) | Found::Number(_) | Found::Compound => has_others = true,
        })?;
        Ok(match (shape, one) {
            (Shape::Alone, _) if has_others => Self::Odd,
            (Shape::List, _) if has_others || is_null => Self::Odd,
            (_, Some(one)) if has_content && more.is_empty() => Self::OneOf(OneOrMore::One(one)),
            (_, Some(_)) if has_content => Self::OneOf(OneOrMore::List(more)),
            (_, _) => Self::Missing,
        })
    }

    pub(super) fn resolve<'d>(
        &'d self,
        decoded: &'d Decoded,
    ) -> Audience<impl Iterator<Item = &'d str> + Clone> {
        match self {
            Self::Missing => Audience::Missing,
            Self::OneOf(texts) => Audience::OneOf(texts.as_slice().iter().map(|text| decoded.text(*text))),
            Self::Odd => Audience::Odd,
        }
    }

    /// How many bytes it takes apart from itself.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::OneOf(OneOrMore::List(list)) => list.capacity() * size_of::<Text>(),
            Self::OneOf(OneOrMore::One(_)) | Self::Missing | Self::Odd => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::SessionClaims;

    fn claims(json: &str) -> SessionClaims {
        SessionClaims::from_payload(json).unwrap_or_else(|| panic!("{json}"))
    }

    #[test]
    fn audiences() {
        for (json, expected) in [
            ("null", Audience::Missing),
            (r#""""#, Audience::Missing),
            ("[]", Audience::Missing),
            (r#"["",""]"#, Audience::Missing),
            (r#""a""#, Audience::OneOf(vec!["a"])),
            (r#"["a"]"#, Audience::OneOf(vec!["a"])),
            (r#"["","\u0061"]"#, Audience::OneOf(vec!["", "a"])),
            (r#"["b","a","b"]"#, Audience::OneOf(vec!["b", "a", "b"])),
            (r#"["a",null]"#, Audience::Odd),
            ("[null]", Audience::Odd),
            (r#"["a",["b"]]"#, Audience::Odd),
            (r#"{"a":"b"}"#, Audience::Odd),
            ("false", Audience::Odd),
            ("0", Audience::Odd),
        ] {
            let claims = claims(&format!(r#"{{"aud":{json}}}"#));
            let found = match claims.aud() {
                Audience::Missing => Audience::Missing,
                Audience::OneOf(texts) => Audience::OneOf(texts.collect()),
                Audience::Odd => Audience::Odd,
            };
            assert_eq!(found, expected, "{json}");
        }
        assert!(matches!(claims("{}").aud(), Audience::Missing));
    }

    #[test]
    fn what_is_kept_of_a_list_is_weighed() {
        let weight = |json: &str| claims(json).weight();
        let [one, list] = [r#"{"aud":"a,b,c,d,e"}"#, r#"{"aud":["a","b"]}"#].map(weight);
        assert!(list >= one - 2 + 2 * size_of::<Text>(), "{list} {one}");
    }
}
