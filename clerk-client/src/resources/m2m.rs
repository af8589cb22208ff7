use std::fmt;

use http::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::client::decode_json;
use crate::lenient::null_is_default;
use crate::path::Path;
use crate::{Client, Error};

/// Machine-to-machine tokens, by [`Client::m2m`].
#[derive(Debug, Clone, Copy)]
pub struct M2m<'a>(&'a Client);

/// A machine-to-machine token as its verification shows it. `Debug` shows ids only.
#[derive(Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct M2mToken {
    /// `machine_to_machine_token`
    #[serde(default)]
    pub object: Option<String>,
    /// `mt_…`, the id and not the secret.
    #[serde(default)]
    pub id: Option<String>,
    /// The machine that it was made by, `mch_…`.
    #[serde(default)]
    pub subject: Option<String>,
    /// The machines that it may talk to.
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

impl fmt::Debug for M2mToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("M2mToken")
            .field("id", &self.id)
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

impl<'a> M2m<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self(client)
    }

    /// `POST /m2m_tokens/verify`: which machine made this token. Uses the machine secret key if there is one.
    ///
    /// # Errors
    /// Status 404 for a token that is unknown; see [`Error`] for what can go wrong with any call.
    pub async fn verify(&self, token: &str) -> Result<M2mToken, Error> {
        let path = Path::unversioned("m2m_tokens").then("verify");
        let body = json!({ "token": token }).to_string();
        decode_json(
            &self
                .0
                .send_as_machine(Method::POST, path, Some(body.into()))
                .await?,
        )
    }
}
