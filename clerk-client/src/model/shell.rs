//! What every model can do, by its members.

use std::fmt;

use serde_json::{Map, Value};

use super::{Fields, Model, Part};

pub(crate) fn from_members<T: Model>(members: Map<String, Value>) -> Result<T, String> {
    let mut fields = Fields::new(T::NAME, members);
    let read = T::read(&mut fields);
    fields.end().map_err(|problem| problem.to_string())?;
    Ok(read)
}

pub(crate) fn to_members(
    parts: &[(&'static str, &dyn Part)],
    other: &Map<String, Value>,
) -> Map<String, Value> {
    let mut members = other.clone();
    for (name, part) in parts {
        members.insert((*name).to_owned(), part.to_value());
    }
    members
}

/// Of what has no field only the names: it may be secret.
pub(crate) fn debug(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    secrets: &[&str],
    parts: &[(&'static str, &dyn Part)],
    other: &Map<String, Value>,
) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    for (name, part) in parts {
        if secrets.contains(name) {
            shown.field(name, &format_args!("[redacted]"));
        } else {
            shown.field(name, part);
        }
    }
    if !other.is_empty() {
        shown.field("other", &other.keys().collect::<Vec<_>>());
    }
    shown.finish()
}

macro_rules! models {
    ($($model:ident),* $(,)?) => {$(
        impl $crate::model::Part for $model {
            fn to_value(&self) -> serde_json::Value {
                use $crate::model::Model as _;
                serde_json::Value::Object($crate::model::to_members(&self.parts(), self.other()))
            }
        }

        impl std::fmt::Debug for $model {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                use $crate::model::Model as _;
                $crate::model::debug(f, Self::NAME, Self::SECRETS, &self.parts(), self.other())
            }
        }

        impl PartialEq for $model {
            fn eq(&self, other: &Self) -> bool {
                use $crate::model::Part as _;
                self.to_value() == other.to_value()
            }
        }

        impl serde::Serialize for $model {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use $crate::model::Part as _;
                self.to_value().serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $model {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let members = serde_json::Map::deserialize(deserializer)?;
                $crate::model::from_members(members).map_err(serde::de::Error::custom)
            }
        }
    )*};
}
pub(crate) use models;
