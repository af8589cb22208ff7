//! The ways to read a value.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::names::each_member;
use super::{Document, Found, Member, Members, Shape};
use crate::token::text::Texts;

/// The deepest nesting that is read; the outermost object is the first level.
const MAX_DEPTH: u8 = 32;

fn deeper<E: Error>(depth: u8) -> Result<u8, E> {
    if depth == MAX_DEPTH {
        Err(E::custom("too deep"))
    } else {
        Ok(depth + 1)
    }
}

/// An object whose members matter, or something else.
pub(super) struct Object<'t, 'de, T> {
    depth: u8,
    texts: &'t mut Texts<'de>,
    object: &'t mut T,
}

impl<'t, 'de, T> Object<'t, 'de, T> {
    pub(super) fn at(depth: u8, texts: &'t mut Texts<'de>, object: &'t mut T) -> Self {
        Self { depth, texts, object }
    }
}

/// A value that is only looked at.
pub(super) struct Look<F> {
    depth: u8,
    take: F,
}

impl<F> Look<F> {
    pub(super) fn new(depth: u8, take: F) -> Self {
        Self { depth, take }
    }
}

impl Look<fn(Found<'_>)> {
    /// Passes over it. With a type of its own for each nesting there would be no end of types.
    pub(super) fn over(depth: u8) -> Self {
        Self { depth, take: |_| () }
    }
}

/// A list whose items are looked at, or something else that is looked at itself.
pub(super) struct Each<F> {
    depth: u8,
    take: F,
}

impl<F> Each<F> {
    pub(super) fn new(depth: u8, take: F) -> Self {
        Self { depth, take }
    }
}

/// A value that is kept whole.
pub(super) struct Tree {
    depth: u8,
}

impl Tree {
    pub(super) fn at(depth: u8) -> Self {
        Self { depth }
    }
}

macro_rules! any {
    ([$($generics:tt)*] $seed:ty => $value:ty) => {
        impl<'de, $($generics)*> DeserializeSeed<'de> for $seed {
            type Value = $value;

            fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
                deserializer.deserialize_any(self)
            }
        }
    };
}

any!(['t, T: Members] Object<'t, 'de, T> => Document);
any!([T, F: FnOnce(Found<'_>) -> T] Look<F> => T);
any!([F: FnMut(Found<'_>)] Each<F> => Shape);
any!([] Tree => Value);

/// What is made of a value that is neither a list nor an object.
macro_rules! scalars {
    ($self:ident, $found:ident => $made:expr) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("JSON")
        }

        fn visit_unit<E: Error>($self) -> Result<Self::Value, E> {
            let $found = Found::Null;
            Ok($made)
        }

        fn visit_bool<E: Error>($self, value: bool) -> Result<Self::Value, E> {
            let $found = Found::Bool(value);
            Ok($made)
        }

        fn visit_i64<E: Error>($self, value: i64) -> Result<Self::Value, E> {
            let $found = Found::Number(value as f64);
            Ok($made)
        }

        fn visit_u64<E: Error>($self, value: u64) -> Result<Self::Value, E> {
            let $found = Found::Number(value as f64);
            Ok($made)
        }

        fn visit_f64<E: Error>($self, value: f64) -> Result<Self::Value, E> {
            let $found = Found::Number(value);
            Ok($made)
        }

        fn visit_str<E: Error>($self, value: &str) -> Result<Self::Value, E> {
            let $found = Found::Text(value);
            Ok($made)
        }
    };
}

impl<'de, T: Members> Visitor<'de> for Object<'_, 'de, T> {
    type Value = Document;

    scalars!(self, found => match found {
        Found::Null => Document::Null,
        Found::Bool(false) => Document::False,
        _ => Document::Other,
    });

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        Look::over(self.depth).visit_seq(items)?;
        Ok(Document::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let depth = deeper(self.depth)?;
        let Self { texts, object, .. } = self;
        each_member(&mut members, |name, members| {
            object.take(
                name,
                Member {
                    members,
                    depth,
                    texts,
                },
            )
        })?;
        Ok(Document::Object)
    }
}

impl<'de, T, F: FnOnce(Found<'_>) -> T> Visitor<'de> for Look<F> {
    type Value = T;

    scalars!(self, found => (self.take)(found));

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<T, A::Error> {
        let depth = deeper(self.depth)?;
        while items.next_element_seed(Look::over(depth))?.is_some() {}
        Ok((self.take)(Found::Compound))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<T, A::Error> {
        let depth = deeper(self.depth)?;
        each_member(&mut members, |_, members| {
            members.next_value_seed(Look::over(depth))
        })?;
        Ok((self.take)(Found::Compound))
    }
}

impl<'de, F: FnMut(Found<'_>)> Visitor<'de> for Each<F> {
    type Value = Shape;

    scalars!(self, found => {
        let mut take = self.take;
        take(found);
        Shape::Alone
    });

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Shape, A::Error> {
        let depth = deeper(self.depth)?;
        while items
            .next_element_seed(Look::new(depth, &mut self.take))?
            .is_some()
        {}
        Ok(Shape::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Shape, A::Error> {
        Look::new(self.depth, self.take).visit_map(members)?;
        Ok(Shape::Alone)
    }
}

impl<'de> Visitor<'de> for Tree {
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
        let depth = deeper(self.depth)?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Tree { depth })? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let depth = deeper(self.depth)?;
        let mut object = Map::new();
        each_member(&mut members, |name, members| {
            let value = members.next_value_seed(Tree { depth })?;
            object.insert(name.to_owned(), value);
            Ok(())
        })?;
        Ok(Value::Object(object))
    }
}
