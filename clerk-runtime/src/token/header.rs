//! The JOSE header (RFC 7515 §4).

use std::borrow::Cow;

use serde::de::MapAccess;

use super::Category;
use super::json::{Found, Member, Members};

/// A string member of a JOSE header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum HeaderMember {
    #[default]
    Absent,
    Text(Cow<'static, str>),
    /// There, but not a string; `null` too.
    Odd,
}

/// What matters of a JOSE header.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) alg: HeaderMember,
    pub(super) typ: HeaderMember,
    pub(super) kid: HeaderMember,
    pub(super) category: Category,
    /// Whether there is `crit`, or `zip`, which only encrypted tokens may have.
    pub(super) demands_extension: bool,
}

/// What nearly every header says, so that it need not be copied.
const USUAL: [&str; 5] = [
    "RS256",
    "JWT",
    "cl_B7d4PD111AAA",
    "cl_B7d4PD333AAA",
    "cl_I7d4PD111III",
];

fn text(found: Found<'_>) -> HeaderMember {
    match found {
        Found::Text(text) => HeaderMember::Text(match USUAL.into_iter().find(|usual| *usual == text) {
            Some(usual) => Cow::Borrowed(usual),
            None => Cow::Owned(text.to_owned()),
        }),
        _ => HeaderMember::Odd,
    }
}

impl Members for Header {
    fn take<'de, A: MapAccess<'de>>(&mut self, name: &str, member: Member<'_, A>) -> Result<(), A::Error> {
        match name {
            "alg" => self.alg = member.look(text)?,
            "typ" => self.typ = member.look(text)?,
            "kid" => self.kid = member.look(text)?,
            "cat" => self.category = Category::of(&member.look(text)?),
            "crit" | "zip" => {
                self.demands_extension = true;
                member.skip()?;
            }
            _ => member.skip()?,
        }
        Ok(())
    }
}
