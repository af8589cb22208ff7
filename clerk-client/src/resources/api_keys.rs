use std::fmt;

use http::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::client::decode_json;
use crate::lenient::null_is_default;
use crate::path::Path;
use crate::{Client, Error};

/// API keys, by [`Client::api_keys`].
#[derive(Debug, Clone, Copy)]
pub struct ApiKeys<'a>(&'a Client);

/// An API key as its verification shows it. `Debug` shows ids only.
#[derive(Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct ApiKey {
    /// `api_key`
    #[serde(default)]
    pub object: Option<String>,
    /// `ak_…`, the id and not the secret.
    #[serde(default)]
    pub id: Option<String>,
    /// Whose key it is: the id of a user, an organization or a machine.
    #[serde(default)]
    pub subject: Option<String>,
    /// What its owner called it.
    #[serde(default)]
    pub name: Option<String>,
    /// What it may be used for.
    #[serde(default, deserialize_with = "null_is_default")]
    pub scopes: Vec<String>,
    /// Custom claims.
    #[serde(default)]
    pub claims: Option<Value>,
    /// Whether it is gone; `None` if Clerk does not say.
    #[serde(default)]
    pub deleted: Option<bool>,
    /// Whether it was revoked; `None` if Clerk does not say.
    #[serde(default)]
    pub revoked: Option<bool>,
    /// Whether its time is over; `None` if Clerk does not say.
    #[serde(default)]
    pub expired: Option<bool>,
    /// When it ends, Unix milliseconds; `None` for never.
    #[serde(default)]
    pub expiration: Option<f64>,
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiKey")
            .field("id", &self.id)
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

impl<'a> ApiKeys<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self(client)
    }

    /// `POST /api_keys/verify`: whose key this secret is.
    ///
    /// # Errors
    /// Status 404 for a secret that is nobody's; see [`Error`] for what can go wrong with any call.
    pub async fn verify(&self, secret: &str) -> Result<ApiKey, Error> {
        let path = Path::unversioned("api_keys").then("verify");
        let body = json!({ "secret": secret }).to_string();
        decode_json(&self.0.send(Method::POST, path, Some(body.into()), None).await?)
    }
}
