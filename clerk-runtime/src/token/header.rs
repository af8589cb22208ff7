//! The JOSE header (RFC 7515 §4).

use serde::de::MapAccess;

use super::Category;
use super::json::{Found, Member, Members};
use super::text::{Decoded, Text, Texts};

/// A string member of a JOSE header.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum HeaderMember<T> {
    #[default]
    Absent,
    Text(T),
    /// There, but not a string; `null` too.
    Odd,
}

impl HeaderMember<Text> {
    pub(super) fn resolve(self, decoded: &Decoded) -> HeaderMember<&str> {
        match self {
            Self::Absent => HeaderMember::Absent,
            Self::Text(text) => HeaderMember::Text(decoded.text(text)),
            Self::Odd => HeaderMember::Odd,
        }
    }
}

/// What matters of a JOSE header.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) alg: HeaderMember<Text>,
    pub(super) typ: HeaderMember<Text>,
    pub(super) kid: HeaderMember<Text>,
    pub(super) category: Category,
    /// Whether there is `crit`, or `zip`, which only encrypted tokens may have.
    pub(super) demands_extension: bool,
}

fn text(found: Found<'_>, texts: &mut Texts<'_>) -> HeaderMember<Text> {
    match found {
        Found::Text(text) => HeaderMember::Text(texts.keep(text)),
        _ => HeaderMember::Odd,
    }
}

fn category(found: Found<'_>, _: &mut Texts<'_>) -> Category {
    match found {
        Found::Text(cat) => Category::of(cat),
        _ => Category::Other,
    }
}

impl Members for Header {
    fn take<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        member: Member<'_, 'de, A>,
    ) -> Result<(), A::Error> {
        match name {
            "alg" => self.alg = member.look(text)?,
            "typ" => self.typ = member.look(text)?,
            "kid" => self.kid = member.look(text)?,
            "cat" => self.category = member.look(category)?,
            "crit" | "zip" => {
                self.demands_extension = true;
                member.skip()?;
            }
            _ => member.skip()?,
        }
        Ok(())
    }
}
