use serde::de::MapAccess;

use super::json::{JsonScalar, Member, ValueKind};

/// Minutes since each factor was verified, claim `fva`; `-1` for a factor that the user does not have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FactorVerificationAge {
    /// Minutes since the first factor.
    pub first: f64,
    /// Minutes since the second factor.
    pub second: f64,
}

impl FactorVerificationAge {
    /// Returns `None` unless the claim is an array of two numbers.
    pub(super) fn parse<'de, A: MapAccess<'de>>(
        member: Member<'_, 'de, A>,
    ) -> Result<Option<Self>, A::Error> {
        let (mut count, mut ages) = (0, [None; 2]);
        let kind = member.elements(|element| {
            if let (JsonScalar::Number(age), Some(slot)) = (element, ages.get_mut(count)) {
                *slot = Some(age);
            }
            count += 1;
        })?;
        Ok(match (kind, count, ages) {
            (ValueKind::Array, 2, [Some(first), Some(second)]) => Some(Self { first, second }),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::token::SessionClaims;

    #[test]
    fn fva_is_an_array_of_two_numbers() {
        for (json, expected) in [
            ("[1,-1]", Some((1.0, -1.0))),
            ("[0.5,18446744073709551615]", Some((0.5, u64::MAX as f64))),
            ("[1]", None),
            ("[1,2,3]", None),
            (r#"[1,"2"]"#, None),
            ("[null,2]", None),
            ("[[1],2]", None),
            ("[[1,2]]", None),
            (r#"{"0":1,"1":2}"#, None),
            ("1", None),
            ("null", None),
        ] {
            let found = SessionClaims::from_payload(&format!(r#"{{"fva":{json}}}"#))
                .unwrap()
                .factor_verification_age();
            assert_eq!(found.map(|age| (age.first, age.second)), expected, "{json}");
        }
    }
}
