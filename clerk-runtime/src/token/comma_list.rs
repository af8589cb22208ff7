//! Lists that a token writes as one string.

use super::json::JsonScalar;
use super::span::{DecodedToken, Span, SpanRecorder};

/// A comma-separated claim. Values that are falsy in JavaScript are the empty list.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) enum CommaList {
    #[default]
    Empty,
    Joined(Span),
    /// Neither a string nor falsy: cannot be split.
    WrongType,
}

impl CommaList {
    pub(super) fn from_scalar(scalar: JsonScalar, _: &SpanRecorder<'_>) -> Self {
        match scalar {
            JsonScalar::Null | JsonScalar::Bool(false) | JsonScalar::Number(0.0) => Self::Empty,
            JsonScalar::String(span) if span.len() == 0 => Self::Empty,
            JsonScalar::String(span) => Self::Joined(span),
            JsonScalar::Bool(true) | JsonScalar::Number(_) | JsonScalar::Compound => Self::WrongType,
        }
    }

    /// Returns the list as it is written, or `None` if it is empty or of the wrong type.
    pub(super) fn get(self, decoded: &DecodedToken) -> Option<&str> {
        match self {
            Self::Joined(span) => Some(decoded.get(span)),
            Self::Empty | Self::WrongType => None,
        }
    }

    /// Returns the trimmed items, or `None` if the claim is of the wrong type.
    pub(super) fn items(
        self,
        decoded: &DecodedToken,
    ) -> Option<impl Iterator<Item = &str> + Clone + use<'_>> {
        match self {
            Self::Empty | Self::Joined(_) => {
                let items = self.get(decoded).map(|text| text.split(',').map(str::trim));
                Some(items.into_iter().flatten())
            }
            Self::WrongType => None,
        }
    }
}

/// The number of items of a list and the length of the longest one.
pub(super) struct ItemLengths {
    pub(super) count: usize,
    pub(super) longest: usize,
}

impl ItemLengths {
    pub(super) fn new(list: CommaList, decoded: &DecodedToken) -> Self {
        let text = list.get(decoded).unwrap_or_default();
        let items = text.as_bytes().split(|byte| *byte == b',');
        items.fold(Self { count: 0, longest: 0 }, |found, item| Self {
            count: found.count + 1,
            longest: found.longest.max(item.len()),
        })
    }
}
