use std::collections::BTreeMap;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use bytes::Bytes;
use http::{Method, StatusCode};
use serde::{Deserialize, Serialize};

use crate::client::{decode, is_json};
use crate::lenient::null_is_default;
use crate::path::Path;
use crate::{Client, Error};

/// Sessions and their tokens, by [`Client::sessions`].
#[derive(Debug, Clone, Copy)]
pub struct Sessions<'a>(&'a Client);

/// A token that Clerk made. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Token {
    /// The token.
    pub jwt: String,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token([redacted])")
    }
}

impl<'a> Sessions<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self(client)
    }

    /// `POST /sessions/{session_id}/tokens`: a new session token. Sent by `.await`.
    ///
    /// # Errors
    /// On `.await`: code `resource_not_found` if there is no such session, `argument_invalid` for what cannot be an id; see
    /// [`Error`] for what can go wrong with any call.
    pub fn create_token(&self, session_id: &str) -> CreateToken<'a> {
        let path = Path::new("sessions")
            .then_argument("session_id", session_id)
            .map(|path| path.then("tokens"));
        CreateToken {
            client: self.0,
            path,
            expires_in: None,
        }
    }

    /// `POST /sessions/{session_id}/tokens/{template_name}`: a token of a JWT template. Sent by `.await`.
    ///
    /// # Errors
    /// As [`create_token`](Self::create_token), the template name included.
    pub fn create_token_from_template(&self, session_id: &str, template_name: &str) -> CreateToken<'a> {
        let mut call = self.create_token(session_id);
        call.path = call
            .path
            .and_then(|path| path.then_argument("template_name", template_name));
        call
    }

    /// `POST /sessions/{session_id}/refresh`: new cookies for a browser whose session token has expired.
    ///
    /// # Errors
    /// Clerk's reason, such as `refresh_token_invalid`; `argument_invalid` for what cannot be an id; see [`Error`] for what
    /// can go wrong with any call.
    pub async fn refresh_session(
        &self,
        session_id: &str,
        browser: &RefreshSession<'_>,
    ) -> Result<SessionRefresh, Error> {
        let mut path = Path::new("sessions")
            .then_argument("session_id", session_id)?
            .then("refresh");
        if browser.suffixed_cookies {
            path = path.query("suffixed_cookies", "true");
        }
        let body = serde_json::to_vec(browser).map_err(|_| Error::Argument { name: "browser" })?;
        let response = self.0.send(Method::POST, path, Some(body.into()), None).await?;
        if !is_json(&response) && response.status != StatusCode::NO_CONTENT {
            // What a gateway in between answers has no cookies in it.
            return Ok(SessionRefresh { cookies: Vec::new() });
        }
        decode(&response)
    }
}

/// Cookies for a browser whose session token has expired. `Debug` does not show them.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct SessionRefresh {
    /// Values for `Set-Cookie` headers.
    #[serde(default, deserialize_with = "null_is_default")]
    pub cookies: Vec<String>,
}

impl fmt::Debug for SessionRefresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionRefresh([redacted])")
    }
}

/// What a browser brought along, for [`Sessions::refresh_session`]. `Debug` shows nothing of it.
#[derive(Clone, Serialize)]
pub struct RefreshSession<'a> {
    /// `cookie`
    pub format: &'a str,
    /// The session token that has expired.
    pub expired_token: &'a str,
    /// The value of the refresh cookie.
    pub refresh_token: &'a str,
    /// The origin that the browser asked.
    pub request_origin: &'a str,
    /// The headers that the browser sent, names in lower case.
    pub request_headers: BTreeMap<String, Vec<String>>,
    /// Whether the browser has suffixed cookies.
    #[serde(skip)]
    pub suffixed_cookies: bool,
}

impl fmt::Debug for RefreshSession<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshSession").finish_non_exhaustive()
    }
}

/// A token to be made, by `.await`.
#[must_use = "a token is only made by `.await`"]
#[derive(Debug)]
pub struct CreateToken<'a> {
    client: &'a Client,
    path: Result<Path, Error>,
    expires_in: Option<u64>,
}

impl CreateToken<'_> {
    /// How many seconds the token lives. Clerk takes 30 to 315,360,000; whether a value fits is for Clerk to say.
    pub fn expires_in(mut self, seconds: u64) -> Self {
        self.expires_in = Some(seconds);
        self
    }
}

impl<'a> IntoFuture for CreateToken<'a> {
    type Output = Result<Token, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let body = self
                .expires_in
                .map(|seconds| Bytes::from(format!(r#"{{"expires_in_seconds":{seconds}}}"#)));
            decode(&self.client.send(Method::POST, self.path?, body, None).await?)
        })
    }
}
