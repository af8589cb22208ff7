//! Strict JSON for input from attackers: no duplicate members, bounded depth, UTF-8 only (RFC 8725 §2.4, RFC 8259 §4), parsed
//! in one pass.

mod names;
mod visit;

use serde::de::{DeserializeSeed, IgnoredAny};

pub(super) use self::names::{Name, names};
use self::visit::ObjectSeed;
pub(super) use self::visit::{Document, JsonScalar, Member, ObjectVisitor, ValueKind};
use super::span::SpanRecorder;

/// The error of a text that is not strict JSON.
pub(in crate::token) enum JsonError {
    /// No parser accepts the text.
    Malformed,
    /// A lenient parser accepts the text.
    NotStrict,
}

/// Parses the part of a token that `spans` records. Passes its members to `object`.
pub(in crate::token) fn parse_strict(
    spans: &mut SpanRecorder<'_>,
    object: &mut impl ObjectVisitor,
) -> Result<Document, JsonError> {
    let text = spans.part();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let document = ObjectSeed::new(0, spans, object).deserialize(&mut deserializer);
    document
        .and_then(|document| deserializer.end().map(|()| document))
        .map_err(|_| classify_error(text.as_bytes()))
}

/// Classifies a text that is not strict JSON, for example because it is not UTF-8.
pub(in crate::token) fn classify_error(text: &[u8]) -> JsonError {
    if may_be_json(text) && is_lenient_json(text) {
        JsonError::NotStrict
    } else {
        JsonError::Malformed
    }
}

/// The bytes that a text can start with if a lenient parser accepts it.
pub(in crate::token) const FIRST_BYTES: &[u8] = b"{[\"-0123456789tfn \t\n\r\xef";

/// Rejects most malformed texts by their first byte, without a copy.
fn may_be_json(text: &[u8]) -> bool {
    text.first().is_some_and(|first| FIRST_BYTES.contains(first))
}

/// Returns whether JavaScript's `JSON.parse` accepts the leniently decoded text. As there, values that are ignored may have
/// lone surrogates.
fn is_lenient_json(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text));
    serde_json::from_str::<IgnoredAny>(&text).is_ok()
}

#[cfg(test)]
mod tests {
    use serde::de::MapAccess;
    use serde_json::Value;

    use super::names::NoName;
    use super::visit::ValueSeed;
    use super::*;

    /// Ignores all members.
    struct IgnoreMembers;

    impl ObjectVisitor for IgnoreMembers {
        type Name = NoName;

        fn visit_member<'de, A: MapAccess<'de>>(
            &mut self,
            name: NoName,
            _: Member<'_, 'de, A>,
        ) -> Result<(), A::Error> {
            match name {}
        }
    }

    fn parse(text: &[u8], object: &mut impl ObjectVisitor) -> Result<Document, JsonError> {
        match std::str::from_utf8(text) {
            Ok(text) => parse_strict(&mut SpanRecorder::new(text, 0), object),
            Err(_) => Err(classify_error(text)),
        }
    }

    fn label(text: &[u8]) -> &'static str {
        match parse(text, &mut IgnoreMembers) {
            Ok(_) => "ok",
            Err(JsonError::NotStrict) => "not strict",
            Err(JsonError::Malformed) => "malformed",
        }
    }

    #[test]
    fn strict_lenient_and_malformed_texts() {
        for (text, expected) in [
            (&br#"{"a":1,"b":[{"a":null}]}"#[..], "ok"),
            (br#" {"a":"\ud83d\ude00"} "#, "ok"),
            (br#"{"a":1,"a":1}"#, "not strict"),
            (br#"{"x":{"a":1,"a":2}}"#, "not strict"),
            (br#"{"x":[{"a":1,"\u0061":2}]}"#, "not strict"),
            (br#"{"a":"\ud800"}"#, "not strict"),
            (br#"{"\uDFFF":["\udc00\ud83d","\ud83d\u0061"]}"#, "not strict"),
            (br#"{"a":"\ud80"}"#, "malformed"),
            (b"\xef\xbb\xbf{}", "not strict"),
            (b"{\"a\":\"\xff\"}", "not strict"),
            (br#"{"a":1e999}"#, "not strict"),
            (b"{}{}", "malformed"),
            (b"{\"a\":NaN}", "malformed"),
            (b"{'a':1}", "malformed"),
            (br#"{"a":"\u12"#, "malformed"),
            (b"", "malformed"),
        ] {
            assert_eq!(label(text), expected, "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn depth_is_limited_to_thirty_two_levels() {
        let nested = |levels: usize| [vec![b'['; levels], vec![b']'; levels]].concat();
        assert_eq!(label(&nested(32)), "ok");
        assert_eq!(label(&nested(33)), "not strict");
        assert_eq!(label(&nested(100_000)), "not strict");
    }

    #[test]
    fn duplicates_are_found_among_many_names() {
        let label_of = |names: &[String]| {
            let members: Vec<String> = names
                .iter()
                .map(|name| format!(r#""{name}":{{"x":[]}}"#))
                .collect();
            label(format!("{{{}}}", members.join(",")).as_bytes())
        };
        let (plain, escaped) = (|name| format!("n{name}"), |name| format!(r"\u006e{name}"));
        let many = |spelled: fn(usize) -> String| (0..2000).map(spelled).collect::<Vec<_>>();
        for names in [many(plain), many(escaped)] {
            assert_eq!(label_of(&names), "ok");
            for (first, second) in [(0, 1), (0, 1999), (6, 7), (7, 8), (8, 9), (8, 1999), (1000, 1500)] {
                for spelled in [plain, escaped] {
                    let mut names = names.clone();
                    names[second] = spelled(first);
                    assert_eq!(label_of(&names), "not strict", "{first} {second} {}", spelled(0));
                }
            }
        }
        for names in [[plain(1), escaped(2)], [escaped(1), plain(2)]] {
            assert_eq!(label_of(&names), "ok");
        }
        for names in [
            [plain(1), escaped(1)],
            [escaped(1), plain(1)],
            [escaped(1), escaped(1)],
        ] {
            assert_eq!(label_of(&names), "not strict");
        }
    }

    #[test]
    fn a_value_is_what_a_lenient_parser_reads() {
        for text in [
            r#"{"a":[1,-2,3.5,true,null,"x\n\u00e9",{"b":{"c":[]}}],"d":18446744073709551615}"#,
            "{}",
        ] {
            let value = ValueSeed::new(0).deserialize(&mut serde_json::Deserializer::from_str(text));
            assert_eq!(value.unwrap(), serde_json::from_str::<Value>(text).unwrap());
        }
    }

    #[test]
    fn kinds_of_documents() {
        for (text, expected) in [
            ("null", "null"),
            ("[{}]", "other"),
            ("false", "false"),
            ("true", "other"),
            ("1", "other"),
            (r#""x""#, "other"),
            ("{}", "object"),
        ] {
            let found = match parse(text.as_bytes(), &mut IgnoreMembers) {
                Ok(Document::Null) => "null",
                Ok(Document::False) => "false",
                Ok(Document::Object) => "object",
                Ok(Document::NotObject) => "other",
                Err(_) => "error",
            };
            assert_eq!(found, expected, "{text}");
        }
    }
}
