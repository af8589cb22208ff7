//! Claims with their JSON types checked: strings, numbers, and the audience.

use std::mem::size_of;
use std::slice;

use serde::de::MapAccess;

use crate::token::json::{JsonScalar, Member, ValueKind};
use crate::token::span::{DecodedToken, Span, SpanRecorder};

/// A claim with its JSON type checked.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) enum Claim<T> {
    #[default]
    Absent,
    Present(T),
    /// `null` in place of a number.
    Null,
    /// Present, but of the wrong JSON type.
    WrongType,
}

impl<'a> Claim<&'a str> {
    /// Returns the string, or `None` if the claim is absent or of the wrong type.
    pub(crate) fn as_str(self) -> Option<&'a str> {
        match self {
            Self::Present(text) => Some(text),
            Self::Absent | Self::Null | Self::WrongType => None,
        }
    }
}

impl Claim<Span> {
    pub(super) fn parse_string(scalar: JsonScalar, _: &SpanRecorder<'_>) -> Self {
        match scalar {
            JsonScalar::String(span) => Self::Present(span),
            _ => Self::WrongType,
        }
    }

    pub(super) fn resolve(self, decoded: &DecodedToken) -> Claim<&str> {
        match self {
            Self::Absent => Claim::Absent,
            Self::Present(span) => Claim::Present(decoded.get(span)),
            Self::Null => Claim::Null,
            Self::WrongType => Claim::WrongType,
        }
    }
}

impl Claim<f64> {
    pub(super) fn parse_number(scalar: JsonScalar, _: &SpanRecorder<'_>) -> Self {
        match scalar {
            JsonScalar::Null => Self::Null,
            JsonScalar::Number(number) => Self::Present(number),
            _ => Self::WrongType,
        }
    }
}

/// The claim `aud` (RFC 7519 §4.1.3), by its form.
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
