//! A second opinion on JSON.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

pub(crate) fn lenient(json: &[u8]) -> Value {
    serde_json::from_slice(json).unwrap_or_default()
}

/// A second opinion on strictness, which builds nothing: depth, duplicates, encoding.
pub(crate) fn is_strict(json: &[u8]) -> bool {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    Nesting(32)
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end())
        .is_ok()
}

#[derive(Clone, Copy)]
struct Nesting(u8);

impl<'de> DeserializeSeed<'de> for Nesting {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Nesting {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let deeper = self
            .0
            .checked_sub(1)
            .map(Nesting)
            .ok_or_else(|| A::Error::custom("deep"))?;
        while items.next_element_seed(deeper)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let deeper = self
            .0
            .checked_sub(1)
            .map(Nesting)
            .ok_or_else(|| A::Error::custom("deep"))?;
        let mut names = BTreeSet::new();
        while let Some(name) = members.next_key::<String>()? {
            members.next_value_seed(deeper)?;
            if !names.insert(name) {
                return Err(A::Error::custom("twice"));
            }
        }
        Ok(())
    }
}
