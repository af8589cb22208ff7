//! JSON of hostile origin: no duplicate members, bounded depth, UTF-8 only (RFC 8725 §2.4, RFC 8259 §4), in one pass.

mod names;
mod visit;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess};
use serde_json::Value;

pub(super) use self::names::{Name, names};
use self::visit::{Each, Look, Object, Tree};
use super::text::{Text, Texts};

/// Why text is not JSON for us.
pub(in crate::token) enum JsonError {
    /// Nobody would read it.
    Malformed,
    /// A lenient parser would read it.
    NotStrict,
}

/// What a text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::token) enum Document {
    Null,
    False,
    Object,
    /// Anything else, which has no members.
    Other,
}

/// The members of an object that matter. Those that do not are checked all the same.
pub(in crate::token) trait Members {
    /// Their names.
    type Name: Name;

    /// Takes a member. Its value has to be read.
    fn take<'de, A: MapAccess<'de>>(
        &mut self,
        name: Self::Name,
        member: Member<'_, 'de, A>,
    ) -> Result<(), A::Error>;
}

/// A value to be read.
pub(in crate::token) struct Member<'m, 'de, A> {
    members: &'m mut A,
    depth: u8,
    texts: &'m mut Texts<'de>,
}

/// A value at its first look.
#[derive(Debug, Clone, Copy)]
pub(in crate::token) enum Found {
    Null,
    Bool(bool),
    Number(f64),
    Text(Text),
    /// A list or an object.
    Compound,
}

/// Whether a value has items of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::token) enum Shape {
    List,
    Alone,
}

/// Reads a whole part of a token strictly: its members into `object`, and note is taken of the texts among them that matter.
pub(in crate::token) fn strict(
    texts: &mut Texts<'_>,
    object: &mut impl Members,
) -> Result<Document, JsonError> {
    let text = texts.part();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let document = Object::at(0, texts, object).deserialize(&mut deserializer);
    document
        .and_then(|document| deserializer.end().map(|()| document))
        .map_err(|_| why_not(text.as_bytes()))
}

/// Why a text cannot be read strictly, which is known of it: for one, it may not be UTF-8.
pub(in crate::token) fn why_not(text: &[u8]) -> JsonError {
    if begins_like_json(text) && lenient_parser_reads(text) {
        JsonError::NotStrict
    } else {
        JsonError::Malformed
    }
}

/// What a lenient parser would read begins with one of these bytes.
pub(in crate::token) const FIRST_BYTES: &[u8] = b"{[\"-0123456789tfn \t\n\r\xef";

/// Most of what is no JSON is seen not to be at once, and costs no copy.
fn begins_like_json(text: &[u8]) -> bool {
    text.first().is_some_and(|first| FIRST_BYTES.contains(first))
}

/// What JavaScript's `JSON.parse` of the leniently decoded text would take. Values that are ignored may have lone surrogates,
/// as there.
fn lenient_parser_reads(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text));
    serde_json::from_str::<IgnoredAny>(&text).is_ok()
}

impl<'de, A: MapAccess<'de>> Member<'_, 'de, A> {
    /// Looks at the value.
    pub(in crate::token) fn look<T>(self, make: impl FnOnce(Found, &Texts<'de>) -> T) -> Result<T, A::Error> {
        let look = Look::at(self.depth, self.texts);
        let found = self.members.next_value_seed(look)?;
        Ok(make(found, self.texts))
    }

    /// Looks at each item of the value, or at the value itself if it is no list.
    pub(in crate::token) fn each(self, take: impl FnMut(Found)) -> Result<Shape, A::Error> {
        self.members
            .next_value_seed(Each::at(self.depth, self.texts, take))
    }

    /// Reads the value whole.
    pub(in crate::token) fn tree(self) -> Result<Value, A::Error> {
        self.members.next_value_seed(Tree::at(self.depth))
    }

    /// Reads the members of the value into `object`.
    pub(in crate::token) fn object(self, object: &mut impl Members) -> Result<Document, A::Error> {
        self.members
            .next_value_seed(Object::at(self.depth, self.texts, object))
    }
}

#[cfg(test)]
mod tests {
    use super::names::NoName;
    use super::*;

    /// An object of which nothing matters.
    struct Nothing;

    impl Members for Nothing {
        type Name = NoName;

        fn take<'de, A: MapAccess<'de>>(
            &mut self,
            name: NoName,
            _: Member<'_, 'de, A>,
        ) -> Result<(), A::Error> {
            match name {}
        }
    }

    fn read(text: &[u8], object: &mut impl Members) -> Result<Document, JsonError> {
        match std::str::from_utf8(text) {
            Ok(text) => strict(&mut Texts::of(text, 0), object),
            Err(_) => Err(why_not(text)),
        }
    }

    fn outcome(text: &[u8]) -> &'static str {
        match read(text, &mut Nothing) {
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

    #[test]
    fn duplicates_are_found_among_many_names() {
        let outcome_of = |names: &[String]| {
            let members: Vec<String> = names
                .iter()
                .map(|name| format!(r#""{name}":{{"x":[]}}"#))
                .collect();
            outcome(format!("{{{}}}", members.join(",")).as_bytes())
        };
        let (plain, escaped) = (|name| format!("n{name}"), |name| format!(r"\u006e{name}"));
        let many = |spelled: fn(usize) -> String| (0..2000).map(spelled).collect::<Vec<_>>();
        for names in [many(plain), many(escaped)] {
            assert_eq!(outcome_of(&names), "ok");
            for (first, second) in [(0, 1), (0, 1999), (6, 7), (7, 8), (8, 9), (8, 1999), (1000, 1500)] {
                for spelled in [plain, escaped] {
                    let mut names = names.clone();
                    names[second] = spelled(first);
                    assert_eq!(
                        outcome_of(&names),
                        "not strict",
                        "{first} {second} {}",
                        spelled(0)
                    );
                }
            }
        }
        for names in [[plain(1), escaped(2)], [escaped(1), plain(2)]] {
            assert_eq!(outcome_of(&names), "ok");
        }
        for names in [
            [plain(1), escaped(1)],
            [escaped(1), plain(1)],
            [escaped(1), escaped(1)],
        ] {
            assert_eq!(outcome_of(&names), "not strict");
        }
    }

    #[test]
    fn a_tree_is_what_a_lenient_parser_reads() {
        for text in [
            r#"{"a":[1,-2,3.5,true,null,"x\n\u00e9",{"b":{"c":[]}}],"d":18446744073709551615}"#,
            "{}",
        ] {
            let tree = Tree::at(0).deserialize(&mut serde_json::Deserializer::from_str(text));
            assert_eq!(tree.unwrap(), serde_json::from_str::<Value>(text).unwrap());
        }
    }

    #[test]
    fn what_is_no_object_has_no_members() {
        for (text, expected) in [
            ("null", "null"),
            ("[{}]", "other"),
            ("false", "false"),
            ("true", "other"),
            ("1", "other"),
            (r#""x""#, "other"),
            ("{}", "object"),
        ] {
            let found = match read(text.as_bytes(), &mut Nothing) {
                Ok(Document::Null) => "null",
                Ok(Document::False) => "false",
                Ok(Document::Object) => "object",
                Ok(Document::Other) => "other",
                Err(_) => "error",
            };
            assert_eq!(found, expected, "{text}");
        }
    }
}
