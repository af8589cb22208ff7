use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};

use crate::Error;
use crate::call::read;
use crate::transport::Response;

/// The longest key set that is read, in bytes.
pub(crate) const MAX_BYTES: usize = 64 * 1024;

/// A key set (RFC 7517 §5), its keys as they came: one that cannot be used does not cost the others.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct JsonWebKeySet {
    /// The keys, none if the answer has no list of them.
    pub keys: Vec<Value>,
}

impl Serialize for JsonWebKeySet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        json!({ "keys": self.keys }).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for JsonWebKeySet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::from)
    }
}

impl From<Value> for JsonWebKeySet {
    fn from(mut body: Value) -> Self {
        match body.get_mut("keys").map(Value::take) {
            Some(Value::Array(keys)) => Self { keys },
            _ => Self::default(),
        }
    }
}

/// JSON without a list of keys is a set without keys.
pub(crate) fn read(response: &Response) -> Result<JsonWebKeySet, Error> {
    Ok(read::value(response)?.into())
}
