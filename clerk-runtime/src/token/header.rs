//! The JOSE header (RFC 7515 §4).

use serde::de::MapAccess;

use super::Category;
use super::json::{Found, Member, Members, names};
use super::text::{Decoded, Text, Texts};

/// A string member of a JOSE header.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum JsonField<T> {
    #[default]
    Absent,
    Text(T),
    /// There, but not a string; `null` too.
    Odd,
}

impl JsonField<Text> {
    pub(super) fn resolve(self, decoded: &Decoded) -> JsonField<&str> {
        match self {
            Self::Absent => JsonField::Absent,
            Self::Text(text) => JsonField::Text(decoded.text(text)),
            Self::Odd => JsonField::Odd,
        }
    }
}

/// What matters of a JOSE header.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) alg: JsonField<Text>,
    pub(super) typ: JsonField<Text>,
    pub(super) kid: JsonField<Text>,
    pub(super) category: Category,
    /// Whether there is `crit`, or `zip`, which only encrypted tokens may have.
    pub(super) demands_extension: bool,
}

names! {
    /// The members that matter.
    pub(super) enum Name {
        Alg = "alg",
        Typ = "typ",
        Kid = "kid",
        Cat = "cat",
        Crit = "crit",
        Zip = "zip",
    }
}

impl Members for Header {
    type Name = Name;

    fn take<'de, A: MapAccess<'de>>(
        &mut self,
        name: Name,
        member: Member<'_, 'de, A>,
    ) -> Result<(), A::Error> {
        match name {
            Name::Alg => self.alg = member.look(text)?,
            Name::Typ => self.typ = member.look(text)?,
            Name::Kid => self.kid = member.look(text)?,
            Name::Cat => self.category = member.look(category)?,
            Name::Crit | Name::Zip => {
                self.demands_extension = true;
                member.look(|_, _| ())?;
            }
        }
        Ok(())
    }
}

fn text(found: Found, _: &Texts<'_>) -> JsonField<Text> {
    match found {
        Found::Text(text) => JsonField::Text(text),
        _ => JsonField::Odd,
    }
}

fn category(found: Found, texts: &Texts<'_>) -> Category {
    match found {
        Found::Text(cat) => Category::of(texts.text(cat)),
        _ => Category::Other,
    }
}
