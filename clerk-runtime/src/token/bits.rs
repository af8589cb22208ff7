//! Decimal numbers as masks.

/// The bits of a mask, least significant first. Those beyond are clear.
pub(super) enum Bits {
    Few(u64),
    Many(Vec<bool>),
}

impl Bits {
    pub(super) fn is_set(&self, index: usize) -> bool {
        match self {
            Self::Few(bits) => index < 64 && bits >> index & 1 == 1,
            Self::Many(bits) => bits.get(index).copied().unwrap_or_default(),
        }
    }

    /// How many are set.
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Few(bits) => bits.count_ones() as usize,
            Self::Many(bits) => bits.iter().filter(|bit| **bit).count(),
        }
    }
}

/// The lowest `count` bits of a decimal number of any length; all clear unless it is digits only.
pub(super) fn low_bits(decimal: &str, count: usize) -> Bits {
    if decimal.is_empty() || !decimal.bytes().all(|byte| byte.is_ascii_digit()) {
        return Bits::Few(0);
    }
    if let Ok(few) = decimal.parse::<u64>() {
        let beyond = u32::try_from(count)
            .ok()
            .and_then(|count| 1u64.checked_shl(count));
        return Bits::Few(beyond.map_or(few, |beyond| few & (beyond - 1)));
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
    Bits::Many(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_bits_than_asked_for() {
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
            let bits = low_bits(decimal, count);
            let set: Vec<usize> = (0..200).filter(|index| bits.is_set(*index)).collect();
            assert_eq!(set, expected, "{decimal}");
            assert_eq!(bits.count(), expected.len(), "{decimal}");
        }
    }
}
