use std::fmt;

use http::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::client::decode_json;
use crate::lenient::null_is_default;
use crate::path::Path;
use crate::{Client, Error};

/// Access tokens that Clerk issued as an OAuth identity provider, by [`Client::idp_oauth_access_token`].
#[derive(Debug, Clone, Copy)]
pub struct IdpOauthAccessToken<'a>(&'a Client);

/// An OAuth access token as its verification shows it. `Debug` shows ids only.
#[derive(Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct OauthAccessToken {
    /// `clerk_idp_oauth_access_token`
    #[serde(default)]
    pub object: Option<String>,
    /// `oat_…`, the id and not the secret.
    #[serde(default)]
    pub id: Option<String>,
    /// The OAuth client that it was issued to.
    #[serde(default)]
    pub client_id: Option<String>,
    /// The user who granted it, `user_…`.
    #[serde(default)]
    pub subject: Option<String>,
    /// What was granted.
    #[serde(default, deserialize_with = "null_is_default")]
    pub scopes: Vec<String>,
    /// For whom it is; text or a list of texts.
    #[serde(default)]
    pub aud: Option<Value>,
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

impl fmt::Debug for OauthAccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OauthAccessToken")
            .field("id", &self.id)
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

impl<'a> IdpOauthAccessToken<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self(client)
    }

    /// `POST /oauth_applications/access_tokens/verify`: who granted this token, and what.
    ///
    /// # Errors
    /// Status 404 for a token that is unknown; see [`Error`] for what can go wrong with any call.
    pub async fn verify(&self, access_token: &str) -> Result<OauthAccessToken, Error> {
        let path = Path::unversioned("oauth_applications")
            .then("access_tokens")
            .then("verify");
        let body = json!({ "access_token": access_token }).to_string();
        decode_json(&self.0.send(Method::POST, path, Some(body.into()), None).await?)
    }
}
