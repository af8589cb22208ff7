//! The claim `aud` (RFC 7519 §4.1.3).

use std::mem::size_of;
use std::slice;

use serde::de::MapAccess;

use super::json::{JsonScalar, Member, ValueKind};
use super::span::{DecodedToken, Span};

/// The claim `aud`, by its form.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Audience<T> {
    /// Absent, `null` or empty.
    #[default]
    Missing,
    /// A string, or an array of strings.
    OneOf(T),
    /// Neither a string nor an array of strings.
    WrongType,
}

/// One string, or several.
#[derive(Debug, Clone)]
pub(super) enum OneOrMore {
    One(Span),
    List(Vec<Span>),
}

impl OneOrMore {
    fn as_slice(&self) -> &[Span] {
        match self {
            Self::One(one) => slice::from_ref(one),
            Self::List(list) => list,
        }
    }
}

impl Audience<OneOrMore> {
    pub(super) fn parse<'de, A: MapAccess<'de>>(member: Member<'_, 'de, A>) -> Result<Self, A::Error> {
        let (mut one, mut more) = (None, Vec::new());
        let (mut is_null, mut has_others, mut has_content) = (false, false, false);
        let kind = member.elements(|element| match element {
            JsonScalar::String(span) => {
                has_content |= span.len() > 0;
                match one {
                    None => one = Some(span),
                    Some(first) => {
                        if more.is_empty() {
                            more.push(first);
                        }
                        more.push(span);
                    }
                }
            }
            JsonScalar::Null => is_null = true,
            JsonScalar::Bool(_) | JsonScalar::Number(_) | JsonScalar::Compound => has_others = true,
        })?;
        Ok(match (kind, one) {
            (ValueKind::Single, _) if has_others => Self::WrongType,
            (ValueKind::Array, _) if has_others || is_null => Self::WrongType,
            (_, Some(one)) if has_content && more.is_empty() => Self::OneOf(OneOrMore::One(one)),
            (_, Some(_)) if has_content => Self::OneOf(OneOrMore::List(more)),
            (_, _) => Self::Missing,
        })
    }

    pub(super) fn resolve<'d>(
        &'d self,
        decoded: &'d DecodedToken,
    ) -> Audience<impl Iterator<Item = &'d str> + Clone> {
        match self {
            Self::Missing => Audience::Missing,
            Self::OneOf(spans) => Audience::OneOf(spans.as_slice().iter().map(|span| decoded.get(*span))),
            Self::WrongType => Audience::WrongType,
        }
    }

    /// Returns the heap size in bytes.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::OneOf(OneOrMore::List(list)) => list.capacity() * size_of::<Span>(),
            Self::OneOf(OneOrMore::One(_)) | Self::Missing | Self::WrongType => 0,
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
            (r#"["a",null]"#, Audience::WrongType),
            ("[null]", Audience::WrongType),
            (r#"["a",["b"]]"#, Audience::WrongType),
            (r#"{"a":"b"}"#, Audience::WrongType),
            ("false", Audience::WrongType),
            ("0", Audience::WrongType),
        ] {
            let claims = claims(&format!(r#"{{"aud":{json}}}"#));
            let found = match claims.aud() {
                Audience::Missing => Audience::Missing,
                Audience::OneOf(spans) => Audience::OneOf(spans.collect()),
                Audience::WrongType => Audience::WrongType,
            };
            assert_eq!(found, expected, "{json}");
        }
        assert!(matches!(claims("{}").aud(), Audience::Missing));
    }

    #[test]
    fn weight_counts_a_list() {
        let weight = |json: &str| claims(json).weight();
        let [one, list] = [r#"{"aud":"a,b,c,d,e"}"#, r#"{"aud":["a","b"]}"#].map(weight);
        assert!(list >= one - 2 + 2 * size_of::<Span>(), "{list} {one}");
    }
}
