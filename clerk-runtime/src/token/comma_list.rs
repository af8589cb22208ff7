//! Lists that are written as one text.

use super::json::Found;
use super::text::{Decoded, Text, Texts};

/// A comma-separated claim. What JavaScript calls falsy is empty; what is no text cannot be split.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) enum CommaList {
    #[default]
    Empty,
    Text(Text),
    Odd,
}

impl CommaList {
    pub(super) fn of(found: Found, _: &Texts<'_>) -> Self {
        match found {
            Found::Null | Found::Bool(false) | Found::Number(0.0) => Self::Empty,
            Found::Text(text) if text.len() == 0 => Self::Empty,
            Found::Text(text) => Self::Text(text),
            Found::Bool(true) | Found::Number(_) | Found::Compound => Self::Odd,
        }
    }

    pub(super) fn text(self, decoded: &Decoded) -> Option<&str> {
        match self {
            Self::Text(text) => Some(decoded.text(text)),
            Self::Empty | Self::Odd => None,
        }
    }

    /// The items, trimmed; nothing if it cannot be split.
    pub(super) fn items(self, decoded: &Decoded) -> Option<impl Iterator<Item = &str> + Clone + use<'_>> {
        match self {
            Self::Empty | Self::Text(_) => {
                let items = self.text(decoded).map(|text| text.split(',').map(str::trim));
                Some(items.into_iter().flatten())
            }
            Self::Odd => None,
        }
    }
}

/// How long the items of a list are.
pub(super) struct Lengths {
    pub(super) count: usize,
    pub(super) longest: usize,
}

impl Lengths {
    pub(super) fn of(list: CommaList, decoded: &Decoded) -> Self {
        let text = list.text(decoded).unwrap_or_default();
        let items = text.as_bytes().split(|byte| *byte == b',');
        items.fold(Self { count: 0, longest: 0 }, |found, item| Self {
            count: found.count + 1,
            longest: found.longest.max(item.len()),
        })
    }
}
