//! The compact lists of version 2 claims: comma-separated strings, and masks whose bits select permissions.

use crate::token::json::JsonScalar;
use crate::token::span::{DecodedToken, Span, SpanRecorder};

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

/// The lowest bits of a mask, least significant first. All bits beyond them are clear.
pub(super) enum PermissionMask {
    Small(u64),
    Large(Vec<bool>),
}

impl PermissionMask {
    /// Parses the lowest `count` bits of a decimal number of any length. All bits are clear unless `decimal` consists of
    /// digits.
    pub(super) fn from_decimal(decimal: &str, count: usize) -> Self {
        if decimal.is_empty() || !decimal.bytes().all(|byte| byte.is_ascii_digit()) {
            return Self::Small(0);
        }
        if let Ok(small) = decimal.parse::<u64>() {
            let beyond = u32::try_from(count)
                .ok()
                .and_then(|count| 1u64.checked_shl(count));
            return Self::Small(beyond.map_or(small, |beyond| small & (beyond - 1)));
        }
        let mut bits = vec![false; count];
        // Long division by 2^32: a claim fits in 16 KiB, so a few hundred limbs at most.
        let mut limbs: Vec<u64> = decimal
            .as_bytes()
            .rchunks(18)
            .rev()
            .map(|digits| {
                digits
                    .iter()
                    .fold(0, |limb, digit| limb * 10 + u64::from(digit - b'0'))
            })
            .collect();
        for block in bits.chunks_mut(32) {
            let mut remainder = 0;
            for limb in &mut limbs {
                let value = u128::from(remainder) * 1_000_000_000_000_000_000 + u128::from(*limb);
                *limb = (value >> 32) as u64;
                remainder = (value & u128::from(u32::MAX)) as u64;
            }
            for (index, bit) in block.iter_mut().enumerate() {
                *bit = remainder >> index & 1 == 1;
            }
        }
        Self::Large(bits)
    }

    /// Returns whether the bit at `index` is set.
    pub(super) fn is_set(&self, index: usize) -> bool {
        match self {
            Self::Small(bits) => index < 64 && bits >> index & 1 == 1,
            Self::Large(bits) => bits.get(index).copied().unwrap_or_default(),
        }
    }

    /// Counts the set bits.
    pub(super) fn count_ones(&self) -> usize {
        match self {
            Self::Small(bits) => bits.count_ones() as usize,
            Self::Large(bits) => bits.iter().filter(|bit| **bit).count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_beyond_the_count_are_clear() {
        for (decimal, count, expected) in [
            ("7", 2, &[0, 1][..]),
            ("7", 0, &[]),
            ("18446744073709551615", 1, &[0]),
            ("9223372036854775808", 64, &[63]),
            ("18446744073709551616", 65, &[64]),
            ("18446744073709551617", 64, &[0]),
            ("0000000000000000000000002", 8, &[1]),
            ("+1", 8, &[]),
            ("-1", 8, &[]),
            (" 1", 8, &[]),
            ("", 8, &[]),
        ] {
            let mask = PermissionMask::from_decimal(decimal, count);
            let set: Vec<usize> = (0..200).filter(|index| mask.is_set(*index)).collect();
            assert_eq!(set, expected, "{decimal}");
            assert_eq!(mask.count_ones(), expected.len(), "{decimal}");
        }
    }
}
