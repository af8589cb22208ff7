use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;

use super::token_mint::TemplateTokenIssuer;
#[cfg(feature = "network")]
use super::token_mint::TokenKey;
use crate::error_text::debug_as_display;
use crate::token::SessionId;

/// Why no token could be made.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum GetTokenError {
    /// A template or a lifetime was asked for, but nothing can ask Clerk for it.
    #[cfg(not(feature = "network"))]
    #[error("a new token is made by Clerk: enable the feature `network`")]
    NoNetwork,
    /// Clerk did not make the token.
    #[cfg(feature = "network")]
    #[error(transparent)]
    BackendApi(#[from] clerk_client::Error),
}

debug_as_display!(GetTokenError);

/// A token to be got, by `.await`. The result is `None` when nobody is signed in, and for a session token without an id of
/// its session. A machine gets the token that it presented, whatever is asked for.
///
/// As it is, this is the session token that the request came with, and nothing is asked of Clerk. With a
/// [template](Self::template) or a [lifetime](Self::expires_in) Clerk makes a new one
/// (Clerk docs: [`getToken()`](https://clerk.com/docs/references/backend/types/auth-object)).
///
/// A token that Clerk made is kept until ten seconds before it expires, and given to whoever asks for the same with the
/// same session token; who asks while it is made waits for it. Not so with another session token of the same session: the
/// user, or the active organization, may have changed in between. So one template costs a session about one call a minute,
/// which is how often its token is renewed. [`skip_cache`](Self::skip_cache) asks Clerk in any case, and
/// [`template_token_cache`](crate::ClerkBuilder::template_token_cache) says how much is kept. A failure is not kept, but all
/// who wait for the call get it.
///
/// ```no_run
/// # async fn handler(auth: clerk_runtime::Auth) -> Result<(), clerk_runtime::auth::GetTokenError> {
/// let session_token = auth.get_token().await?;
/// let for_supabase = auth.get_token().template("supabase").await?;
/// # Ok(()) }
/// ```
#[must_use = "a token is only got by `.await`"]
pub struct GetToken {
    source: TokenSource,
    template: Option<String>,
    expires_in: Option<u64>,
    skip_cache: bool,
}

/// The caller that a token is for.
pub(super) enum TokenSource {
    SignedOut,
    Machine(Box<str>),
    Session {
        id: Option<SessionId>,
        token: Arc<str>,
        token_issuer: TemplateTokenIssuer,
    },
}

impl GetToken {
    pub(super) fn new(source: TokenSource) -> Self {
        Self {
            source,
            template: None,
            expires_in: None,
            skip_cache: false,
        }
    }

    /// Asks for a token of the JWT template with this name. An empty name means none.
    pub fn template(mut self, name: impl Into<String>) -> Self {
        self.template = Some(name.into()).filter(|name| !name.is_empty());
        self
    }

    /// Asks for a new token that lives so many seconds; Clerk takes 30 to 315,360,000.
    pub fn expires_in(mut self, seconds: u64) -> Self {
        self.expires_in = Some(seconds);
        self
    }

    /// Has Clerk make a token after this, kept ones or not, which is then kept (Clerk docs: `skipCache`). Says nothing about
    /// the session token that the request came with.
    pub fn skip_cache(mut self) -> Self {
        self.skip_cache = true;
        self
    }

    async fn get(self) -> Result<Option<String>, GetTokenError> {
        let (session_id, session_token, token_issuer) = match self.source {
            TokenSource::SignedOut | TokenSource::Session { id: None, .. } => return Ok(None),
            TokenSource::Machine(token) => return Ok(Some(token.into())),
            TokenSource::Session {
                id: Some(id),
                token,
                token_issuer,
            } => (id, token, token_issuer),
        };
        if self.template.is_none() && self.expires_in.is_none() {
            return Ok(Some((*session_token).to_owned()));
        }
        #[cfg(feature = "network")]
        {
            let key = TokenKey {
                session_token,
                session_id: (*session_id).into(),
                template: self.template.map(String::into_boxed_str),
                expires_in: self.expires_in,
            };
            let token = token_issuer.token(key, self.skip_cache).await?;
            Ok(Some((*token).to_owned()))
        }
        #[cfg(not(feature = "network"))]
        {
            let _ = (session_id, token_issuer, self.skip_cache);
            Err(GetTokenError::NoNetwork)
        }
    }
}

impl IntoFuture for GetToken {
    type Output = Result<Option<String>, GetTokenError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.get())
    }
}

impl fmt::Debug for GetToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GetToken")
            .field("template", &self.template)
            .field("expires_in", &self.expires_in)
            .field("skip_cache", &self.skip_cache)
            .finish_non_exhaustive()
    }
}
