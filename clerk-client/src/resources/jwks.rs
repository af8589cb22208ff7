use http::Method;
use serde_json::Value;

use crate::client::decode;
use crate::path::Path;
use crate::{Client, Error};

/// The longest key set that is read, in bytes.
const MAX_KEY_SET: usize = 64 * 1024;

/// The instance's keys, by [`Client::jwks`].
#[derive(Debug, Clone, Copy)]
pub struct Jwks<'a>(&'a Client);

/// A key set (RFC 7517 §5), its keys as they came: one that cannot be used does not cost the others.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct JsonWebKeySet {
    /// The keys, none if the answer has no list of them.
    pub keys: Vec<Value>,
}

impl<'a> Jwks<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self(client)
    }

    /// `GET /jwks`: the keys that the instance signs tokens with, at most 64 KiB of them.
    ///
    /// # Errors
    /// No answer, an error answer, or code `response_invalid` for a body that is not JSON. JSON without a list of keys is
    /// a set without keys.
    pub async fn get_jwks(&self) -> Result<JsonWebKeySet, Error> {
        let response = self
            .0
            .send(Method::GET, Path::new("jwks"), None, Some(MAX_KEY_SET))
            .await?;
        let mut body: Value = decode(&response)?;
        match body.get_mut("keys").map(Value::take) {
            Some(Value::Array(keys)) => Ok(JsonWebKeySet { keys }),
            _ => Ok(JsonWebKeySet::default()),
        }
    }
}
