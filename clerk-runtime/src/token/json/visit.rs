//! The ways to read a value.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::names::{Key, NoName, each_member};
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

/// A value that is only looked at. Of its text note is taken where that matters.
pub(super) struct Look<'t, 'de> {
    depth: u8,
    texts: Option<&'t mut Texts<'de>>,
}

impl<'t, 'de> Look<'t, 'de> {
    pub(super) fn at(depth: u8, texts: &'t mut Texts<'de>) -> Self {
        let texts = Some(texts);
        Self { depth, texts }
    }

    fn over(depth: u8) -> Self {
        Self { depth, texts: None }
    }
}

/// A list whose items are looked at, or something else that is looked at itself.
pub(super) struct Each<'t, 'de, F> {
    look: Look<'t, 'de>,
    take: F,
}

impl<'t, 'de, F> Each<'t, 'de, F> {
    pub(super) fn at(depth: u8, texts: &'t mut Texts<'de>, take: F) -> Self {
        let look = Look::at(depth, texts);
        Self { look, take }
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
any!([] Look<'_, 'de> => Found);
any!([F: FnMut(Found)] Each<'_, 'de, F> => Shape);
any!([] Tree => Value);

impl<'de> Visitor<'de> for Look<'_, 'de> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Found, E> {
        Ok(Found::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Found, E> {
        Ok(Found::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Found, E> {
        Ok(Found::Number(value as f64))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Found, E> {
        Ok(Found::Number(value as f64))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Found, E> {
        Ok(Found::Number(value))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Found, E> {
        let place = self.texts.map(|texts| texts.lent(value));
        Ok(Found::Text(place.unwrap_or_default()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Found, E> {
        let place = self.texts.map(|texts| texts.unescaped(value));
        Ok(Found::Text(place.unwrap_or_default()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Found, A::Error> {
        let depth = deeper(self.depth)?;
        while items.next_element_seed(Look::over(depth))?.is_some() {}
        Ok(Found::Compound)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Found, A::Error> {
        let depth = deeper(self.depth)?;
        each_member(&mut members, |_: &Key<'_, NoName>, members| {
            members.next_value_seed(Look::over(depth)).map(drop)
        })?;
        Ok(Found::Compound)
    }
}

/// What is made of a value that is neither a list nor an object, of what a look finds.
macro_rules! scalars {
    ($self:ident, $look:expr, $found:ident => $made:expr) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("JSON")
        }

        scalars!($self, $look, $found => $made, visit_unit());
        scalars!($self, $look, $found => $made, visit_bool(bool));
        scalars!($self, $look, $found => $made, visit_i64(i64));
        scalars!($self, $look, $found => $made, visit_u64(u64));
        scalars!($self, $look, $found => $made, visit_f64(f64));
        scalars!($self, $look, $found => $made, visit_borrowed_str(&'de str));
        scalars!($self, $look, $found => $made, visit_str(&str));
    };
    ($self:ident, $look:expr, $found:ident => $made:expr, $visit:ident($($value:ty)?)) => {
        fn $visit<E: Error>($self, $(value: $value)?) -> Result<Self::Value, E> {
            let $found = $look.$visit($(value as $value)?)?;
            Ok($made)
        }
    };
}

impl<'de, T: Members> Visitor<'de> for Object<'_, 'de, T> {
    type Value = Document;

    scalars!(self, Look::over(self.depth), found => match found {
        Found::Null => Document::Null,
        Found::Bool(false) => Document::False,
        _ => Document::Other,
    });

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Document, A::Error> {
        Look::over(self.depth).visit_seq(items)?;
        Ok(Document::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Document, A::Error> {
        let depth = deeper(self.depth)?;
        let Self { texts, object, .. } = self;
        each_member(&mut members, |key, members| match key {
            Key::Known(name) => object.take(
                *name,
                Member {
                    members,
                    depth,
                    texts,
                },
            ),
            Key::Other(_) => members.next_value_seed(Look::over(depth)).map(drop),
        })?;
        Ok(Document::Object)
    }
}

impl<'de, F: FnMut(Found)> Visitor<'de> for Each<'_, 'de, F> {
    type Value = Shape;

    scalars!(self, self.look, found => {
        let mut take = self.take;
        take(found);
        Shape::Alone
    });

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Shape, A::Error> {
        let Self { mut look, mut take } = self;
        let depth = deeper(look.depth)?;
        while let Some(found) = items.next_element_seed(Look {
            depth,
            texts: look.texts.as_deref_mut(),
        })? {
            take(found);
        }
        Ok(Shape::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Shape, A::Error> {
        let Self { look, mut take } = self;
        take(look.visit_map(members)?);
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
        each_member(&mut members, |key: &Key<'_, NoName>, members| {
            let value = members.next_value_seed(Tree { depth })?;
            object.insert(key.text().to_owned(), value);
            Ok(())
        })?;
        Ok(Value::Object(object))
    }
}
