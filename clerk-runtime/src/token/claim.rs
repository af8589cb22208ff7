use super::json::Found;
use super::text::{Decoded, Text, Texts};

/// A claim as it was found.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) enum Claim<T> {
    #[default]
    Absent,
    Present(T),
    /// A number that is `null`.
    Null,
    /// There, but of the wrong JSON type.
    Odd,
}

impl<'a> Claim<&'a str> {
    pub(crate) fn text(self) -> Option<&'a str> {
        match self {
            Self::Present(text) => Some(text),
            Self::Absent | Self::Null | Self::Odd => None,
        }
    }
}

impl Claim<Text> {
    pub(super) fn text_of(found: Found, _: &Texts<'_>) -> Self {
        match found {
            Found::Text(text) => Self::Present(text),
            _ => Self::Odd,
        }
    }

    pub(super) fn resolve(self, decoded: &Decoded) -> Claim<&str> {
        match self {
            Self::Absent => Claim::Absent,
            Self::Present(text) => Claim::Present(decoded.text(text)),
            Self::Null => Claim::Null,
            Self::Odd => Claim::Odd,
        }
    }
}

impl Claim<f64> {
    pub(super) fn number_of(found: Found, _: &Texts<'_>) -> Self {
        match found {
            Found::Null => Self::Null,
            Found::Number(number) => Self::Present(number),
            _ => Self::Odd,
        }
    }
}
