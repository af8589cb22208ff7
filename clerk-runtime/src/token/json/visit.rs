//! The visitor of objects, and the deserializers of values.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::names::{Key, Name, NoName, for_each_member};
use crate::token::span::{Span, SpanRecorder};

/// The kind of value that a document consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::token) enum Document {
    Null,
    False,
    Object,
    /// Any other value; it has no members.
    NotObject,
}

/// Receives the known members of an object. The parser checks all other members for strictness and drops them.
pub(in crate::token) trait ObjectVisitor {
    /// The names of the known members.
    type Name: Name;

    /// Receives a member. The implementation has to read its value.
    fn visit_member<'de, A: MapAccess<'de>>(
        &mut self,
        name: Self::Name,
        member: Member<'_, 'de, A>,
    ) -> Result<(), A::Error>;
}

/// The value of a member, to be read by one of its methods.
pub(in crate::token) struct Member<'m, 'de, A> {
    members: &'m mut A,
    depth: u8,
    spans: &'m mut SpanRecorder<'de>,
}

/// A value without its contents if it is an array or an object.
#[derive(Debug, Clone, Copy)]
pub(in crate::token) enum JsonScalar {
    Null,
    Bool(bool),
    Number(f64),
    String(Span),
    /// An array or an object.
    Compound,
}

/// The kind of a value: an array or a single value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::token) enum ValueKind {
    Array,
    /// A value of any other type.
    Single,
}

impl<'de, A: MapAccess<'de>> Member<'_, 'de, A> {
    /// Reads the value as a scalar and converts it.
    pub(in crate::token) fn scalar<T>(
        self,
        convert: impl FnOnce(JsonScalar, &SpanRecorder<'de>) -> T,
    ) -> Result<T, A::Error> {
        let seed = ScalarSeed::recording(self.depth, self.spans);
        let scalar = self.members.next_value_seed(seed)?;
        Ok(convert(scalar, self.spans))
    }

    /// Passes each element of an array to `take`, or the value itself if it is not an array.
    pub(in crate::token) fn elements(self, take: impl FnMut(JsonScalar)) -> Result<ValueKind, A::Error> {
        self.members
            .next_value_seed(ArraySeed::new(self.depth, self.spans, take))
    }

    /// Reads the value with all its contents.
    pub(in crate::token) fn value(self) -> Result<Value, A::Error> {
        self.members.next_value_seed(ValueSeed::new(self.depth))
    }

    /// Passes the members of the value to `object`.
    pub(in crate::token) fn object(self, object: &mut impl ObjectVisitor) -> Result<Document, A::Error> {
        self.members
            .next_value_seed(ObjectSeed::new(self.depth, self.spans, object))
    }
}

/// The maximum nesting depth; the outermost object is the first level.
const MAX_DEPTH: u8 = 32;

fn next_depth<E: Error>(depth: u8) -> Result<u8, E> {
    if depth == MAX_DEPTH {
        Err(E::custom("too deep"))
    } else {
        Ok(depth + 1)
    }
}

/// Deserializes an object by passing its members to an [`ObjectVisitor`]. Skips any other value.
pub(super) struct ObjectSeed<'t, 'de, T> {
    depth: u8,
    spans: &'t mut SpanRecorder<'de>,
    object: &'t mut T,
}

impl<'t, 'de, T> ObjectSeed<'t, 'de, T> {
    pub(super) fn new(depth: u8, spans: &'t mut SpanRecorder<'de>, object: &'t mut T) -> Self {
        Self { depth, spans, object }
    }
}

/// Deserializes a value as a [`JsonScalar`], and records its string unless the value is ignored.
struct ScalarSeed<'t, 'de> {
    depth: u8,
    spans: Option<&'t mut SpanRecorder<'de>>,
}

impl<'t, 'de> ScalarSeed<'t, 'de> {
    fn recording(depth: u8, spans: &'t mut SpanRecorder<'de>) -> Self {
        let spans = Some(spans);
        Self { depth, spans }
    }

    fn ignoring(depth: u8) -> Self {
        Self { depth, spans: None }
    }
}

/// Deserializes each element of an array as a [`JsonScalar`], or the value itself if it is not an array.
struct ArraySeed<'t, 'de, F> {
    scalar: ScalarSeed<'t, 'de>,
    take: F,
}

impl<'t, 'de, F> ArraySeed<'t, 'de, F> {
    fn new(depth: u8, spans: &'t mut SpanRecorder<'de>, take: F) -> Self {
        let scalar = ScalarSeed::recording(depth, spans);
        Self { scalar, take }
    }
}

/// Deserializes a value with all its contents.
pub(super) struct ValueSeed {
    depth: u8,
}

impl ValueSeed {
    pub(super) fn new(depth: u8) -> Self {
        Self { depth }
    }
}

macro_rules! impl_seed {
    ([$($generics:tt)*] $seed:ty => $value:ty) => {
        impl<'de, $($generics)*> DeserializeSeed<'de> for $seed {
            type Value = $value;

            fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
                deserializer.deserialize_any(self)
            }
        }
    };
}

impl_seed!(['t, T: ObjectVisitor] ObjectSeed<'t, 'de, T> => Document);
impl_seed!([] ScalarSeed<'_, 'de> => JsonScalar);
impl_seed!([F: FnMut(JsonScalar)] ArraySeed<'_, 'de, F> => ValueKind);
impl_seed!([] ValueSeed => Value);

impl<'de> Visitor<'de> for ScalarSeed<'_, 'de> {
    type Value = JsonScalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<JsonScalar, E> {
        Ok(JsonScalar::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<JsonScalar, E> {
        Ok(JsonScalar::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<JsonScalar, E> {
        Ok(JsonScalar::Number(value as f64))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<JsonScalar, E> {
        Ok(JsonScalar::Number(value as f64))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<JsonScalar, E> {
        Ok(JsonScalar::Number(value))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<JsonScalar, E> {
        let span = self.spans.map(|spans| spans.borrowed(value));
        Ok(JsonScalar::String(span.unwrap_or_default()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<JsonScalar, E> {
        let span = self.spans.map(|spans| spans.unescaped(value));
        Ok(JsonScalar::String(span.unwrap_or_default()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<JsonScalar, A::Error> {
        let depth = next_depth(self.depth)?;
        while items.next_element_seed(ScalarSeed::ignoring(depth))?.is_some() {}
        Ok(JsonScalar::Compound)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<JsonScalar, A::Error> {
        let depth = next_depth(self.depth)?;
        for_each_member(&mut members, |_: &Key<'_, NoName>, members| {
            members.next_value_seed(ScalarSeed::ignoring(depth)).map(drop)
        })?;
        Ok(JsonScalar::Compound)
    }
}

/// Implements the visits of values that are neither arrays nor objects, by converting the result of a [`ScalarSeed`].
macro_rules! visit_scalars {
    ($self:ident, $seed:expr, $scalar:ident => $result:expr) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("JSON")
        }

        visit_scalars!($self, $seed, $scalar => $result, visit_unit());
        visit_scalars!($self, $seed, $scalar => $result, visit_bool(bool));
        visit_scalars!($self, $seed, $scalar => $result, visit_i64(i64));
        visit_scalars!($self, $seed, $scalar => $result, visit_u64(u64));
        visit_scalars!($self, $seed, $scalar => $result, visit_f64(f64));
        visit_scalars!($self, $seed, $scalar => $result, visit_borrowed_str(&'de str));
        visit_scalars!($self, $seed, $scalar => $result, visit_str(&str));
    };
    ($self:ident, $seed:expr, $scalar:ident => $result:expr, $visit:ident($($value:ty)?)) => {
        fn $visit<E: Error>($self, $(value: $value)?) -> Result<Self::Value, E> {
            let $scalar = $seed.$visit($(value as $value)?)?;
            Ok($result)
        }
    };
}

impl<'de, T: ObjectVisitor> Visitor<'de> for ObjectSeed<'_, 'de, T> {
    type Value = Document;

    visit_scalars!(self, ScalarSeed::ignoring(self.depth), scalar => match scalar {
        JsonScalar::Null => Document::Null,
        JsonScalar::Bool(false) => Document::False,
        _ => Document::NotObject,
    });

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Document, A::Error> {
        ScalarSeed::ignoring(self.depth).visit_seq(items)?;
        Ok(Document::NotObject)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Document, A::Error> {
        let depth = next_depth(self.depth)?;
        let Self { spans, object, .. } = self;
        for_each_member(&mut members, |key, members| match key {
            Key::Known(name) => object.visit_member(
                *name,
                Member {
                    members,
                    depth,
                    spans,
                },
            ),
            Key::Other(_) => members.next_value_seed(ScalarSeed::ignoring(depth)).map(drop),
        })?;
        Ok(Document::Object)
    }
}

impl<'de, F: FnMut(JsonScalar)> Visitor<'de> for ArraySeed<'_, 'de, F> {
    type Value = ValueKind;

    visit_scalars!(self, self.scalar, scalar => {
        let mut take = self.take;
        take(scalar);
        ValueKind::Single
    });

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<ValueKind, A::Error> {
        let Self { mut scalar, mut take } = self;
        let depth = next_depth(scalar.depth)?;
        while let Some(element) = items.next_element_seed(ScalarSeed {
            depth,
            spans: scalar.spans.as_deref_mut(),
        })? {
            take(element);
        }
        Ok(ValueKind::Array)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<ValueKind, A::Error> {
        let Self { scalar, mut take } = self;
        take(scalar.visit_map(members)?);
        Ok(ValueKind::Single)
    }
}

impl<'de> Visitor<'de> for ValueSeed {
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
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let depth = next_depth(self.depth)?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(ValueSeed { depth })? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let depth = next_depth(self.depth)?;
        let mut object = Map::new();
        for_each_member(&mut members, |key: &Key<'_, NoName>, members| {
            let value = members.next_value_seed(ValueSeed { depth })?;
            object.insert(key.as_str().to_owned(), value);
            Ok(())
        })?;
        Ok(Value::Object(object))
    }
}
