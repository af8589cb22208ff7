//! The JOSE header (RFC 7515 §4).

use serde::de::MapAccess;

use super::json::{JsonScalar, Member, ObjectVisitor, names};
use super::span::{DecodedToken, Span, SpanRecorder};

/// A string parameter of a JOSE header.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum JsonField<T> {
    #[default]
    Absent,
    Present(T),
    /// Present, but not a string. Includes `null`.
    WrongType,
}

impl JsonField<Span> {
    pub(super) fn resolve(self, decoded: &DecodedToken) -> JsonField<&str> {
        match self {
            Self::Absent => JsonField::Absent,
            Self::Present(span) => JsonField::Present(decoded.get(span)),
            Self::WrongType => JsonField::WrongType,
        }
    }
}

/// The parameters of a JOSE header that verification uses.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) alg: JsonField<Span>,
    pub(super) typ: JsonField<Span>,
    pub(super) kid: JsonField<Span>,
    pub(super) category: Category,
    /// Whether there is `crit`, or `zip`, which only encrypted tokens may have.
    pub(super) demands_extension: bool,
}

names! {
    /// The names of the parameters that verification uses.
    pub(super) enum HeaderParameter {
        Alg = "alg",
        Typ = "typ",
        Kid = "kid",
        Cat = "cat",
        Crit = "crit",
        Zip = "zip",
    }
}

impl ObjectVisitor for Header {
    type Name = HeaderParameter;

    fn visit_member<'de, A: MapAccess<'de>>(
        &mut self,
        name: HeaderParameter,
        member: Member<'_, 'de, A>,
    ) -> Result<(), A::Error> {
        match name {
            HeaderParameter::Alg => self.alg = member.scalar(string)?,
            HeaderParameter::Typ => self.typ = member.scalar(string)?,
            HeaderParameter::Kid => self.kid = member.scalar(string)?,
            HeaderParameter::Cat => self.category = member.scalar(category)?,
            HeaderParameter::Crit | HeaderParameter::Zip => {
                self.demands_extension = true;
                member.scalar(|_, _| ())?;
            }
        }
        Ok(())
    }
}

fn string(scalar: JsonScalar, _: &SpanRecorder<'_>) -> JsonField<Span> {
    match scalar {
        JsonScalar::String(span) => JsonField::Present(span),
        _ => JsonField::WrongType,
    }
}

fn category(scalar: JsonScalar, spans: &SpanRecorder<'_>) -> Category {
    match scalar {
        JsonScalar::String(cat) => Category::classify(spans.get(cat)),
        _ => Category::Other,
    }
}

/// The class of token that the header parameter `cat` names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Category {
    /// The header has no `cat`.
    #[default]
    Absent,
    Session,
    M2m,
    /// The value that instances without categories give to tokens of every class.
    OptedOut,
    /// A JWT-template token, or a class that this version does not know.
    Other,
}

impl Category {
    /// Returns the class for a value of `cat`.
    fn classify(cat: &str) -> Self {
        match cat {
            "cl_B7d4PD111AAA" => Self::Session,
            "cl_B7d4PD333AAA" => Self::M2m,
            "cl_I7d4PD111III" => Self::OptedOut,
            _ => Self::Other,
        }
    }

    /// Returns whether a session token can have this category.
    pub(crate) fn may_be_session(self) -> bool {
        matches!(self, Self::Absent | Self::Session | Self::OptedOut)
    }

    /// Returns whether a machine-to-machine token can have this category.
    pub(crate) fn may_be_m2m(self) -> bool {
        matches!(self, Self::Absent | Self::M2m)
    }
}
