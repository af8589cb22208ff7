//! The permission masks of version 2 claims: decimal numbers whose bits select permissions.

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
