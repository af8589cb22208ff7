//! The JOSE header (RFC 7515 §4).

use serde::de::MapAccess;

use super::Category;
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
