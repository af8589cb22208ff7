//! JSON of hostile origin: no duplicate members, bounded depth, UTF-8 only (RFC 8725 §2.4, RFC 8259 §4).

use std::fmt;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// The deepest nesting that is read; the outermost object is the first level.
const MAX_DEPTH: u8 = 32;

/// Why text is not JSON for us.
pub(super) enum JsonError {
    /// Nobody would read it.
    Malformed,
    /// A lenient parser would read it.
    NotStrict,
}

/// Parses a whole document strictly.
pub(super) fn strict(text: &[u8]) -> Result<Value, JsonError> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    Strict { depth: 0 }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|_| {
            if lenient_parser_reads(text) {
                JsonError::NotStrict
            } else {
                JsonError::Malformed
            }
        })
}

/// What JavaScript's `JSON.parse` of the leniently decoded text would take.
fn lenient_parser_reads(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text));
    let mut readable = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(at) = rest.find("\\u") {
        let escape = rest.get(at + 2..at + 6).unwrap_or_default();
        let surrogate = matches!(
            escape.as_bytes(),
            [b'd' | b'D', b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F', ..]
        );
        readable.push_str(&rest[..at]);
        readable.push_str("\\u");
        rest = &rest[at + 2..];
        if surrogate {
            readable.push_str("fffd");
            rest = &rest[4..];
        }
    }
    readable.push_str(rest);
    serde_json::from_str::<serde::de::IgnoredAny>(&readable).is_ok()
}

#[derive(Clone, Copy)]
struct Strict {
    depth: u8,
}

impl Strict {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth == MAX_DEPTH {
            Err(E::custom("too deep"))
        } else {
            Ok(Self {
                depth: self.depth + 1,
            })
        }
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let seed = self.deeper()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(seed)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let seed = self.deeper()?;
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(seed)?;
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("duplicate member"));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(text: &[u8]) -> &'static str {
        match strict(text) {
            Ok(_) => "ok",
            Err(JsonError::NotStrict) => "not strict",
            Err(JsonError::Malformed) => "malformed",
        }
    }

    #[test]
    fn strictness_and_leniency_are_told_apart() {
        for (text, expected) in [
            (&br#"{"a":1,"b":[{"a":null}]}"#[..], "ok"),
            (br#" {"a":"\ud83d\ude00"} "#, "ok"),
            (br#"{"a":1,"a":1}"#, "not strict"),
            (br#"{"x":{"a":1,"a":2}}"#, "not strict"),
            (br#"{"x":[{"a":1,"\u0061":2}]}"#, "not strict"),
            (br#"{"a":"\ud800"}"#, "not strict"),
            (b"\xef\xbb\xbf{}", "not strict"),
            (b"{\"a\":\"\xff\"}", "not strict"),
            (br#"{"a":1e999}"#, "not strict"),
            (b"{}{}", "malformed"),
            (b"{\"a\":NaN}", "malformed"),
            (b"{'a':1}", "malformed"),
            (br#"{"a":"\u12"#, "malformed"),
            (b"", "malformed"),
        ] {
            assert_eq!(outcome(text), expected, "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn depth_ends_at_thirty_two_levels() {
        let nested = |levels: usize| [vec![b'['; levels], vec![b']'; levels]].concat();
        assert_eq!(outcome(&nested(32)), "ok");
        assert_eq!(outcome(&nested(33)), "not strict");
        assert_eq!(outcome(&nested(100_000)), "not strict");
    }
}
