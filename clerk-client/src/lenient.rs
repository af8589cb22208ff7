//! Answers are read leniently: what Clerk calls required may be missing or null in an older or a newer instance, and
//! one member is no reason to lose the others.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// Null as if it were missing; goes with `#[serde(default)]`.
pub(crate) fn null_is_default<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Default + Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// A whole number, which Clerk declares now as an integer and now as a number. A fraction is dropped.
pub(crate) fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    let Some(number) = Option::<serde_json::Number>::deserialize(deserializer)? else {
        return Ok(None);
    };
    let from_float = || {
        let float = number.as_f64()?;
        (float.abs() < EXACT_FLOATS).then_some(float as i64)
    };
    let integer = number.as_i64().or_else(from_float);
    integer
        .map(Some)
        .ok_or_else(|| D::Error::custom("a number out of range"))
}

/// 2^53, up to which a float holds every whole number.
const EXACT_FLOATS: f64 = 9_007_199_254_740_992.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Times {
        #[serde(default, deserialize_with = "integer")]
        at: Option<i64>,
    }

    #[test]
    fn integers_may_be_written_as_floats() {
        for (text, expected) in [
            ("1767225600000", Some(Some(1_767_225_600_000))),
            ("1767225600000.0", Some(Some(1_767_225_600_000))),
            ("1.7672256e12", Some(Some(1_767_225_600_000))),
            ("1767225600000.9", Some(Some(1_767_225_600_000))),
            ("-1.0", Some(Some(-1))),
            ("0", Some(Some(0))),
            ("9223372036854775807", Some(Some(i64::MAX))),
            ("null", Some(None)),
            ("9223372036854775808", None),
            ("1e300", None),
            ("\"1767225600000\"", None),
            ("true", None),
        ] {
            let read: Option<Times> = serde_json::from_str(&format!(r#"{{"at":{text}}}"#)).ok();
            assert_eq!(read.map(|times| times.at), expected, "{text}");
        }
        assert_eq!(serde_json::from_str::<Times>("{}").unwrap().at, None);
    }
}
