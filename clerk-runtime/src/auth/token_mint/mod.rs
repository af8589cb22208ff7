//! Issues template tokens for sessions: requests each once for all concurrent callers, and caches it until shortly before it
//! expires, because every request counts against Clerk's rate limits.

mod cache;
mod expiry;
mod in_flight;

use std::fmt;
use std::sync::Arc;

use clerk_client::{Client, Error};
use tokio::runtime::Handle;

use self::cache::TokenCache;
use self::in_flight::{InFlight, RequestGuard, Start};
use crate::clock::Clock;

/// The default capacity of the token cache, in bytes.
pub(crate) const DEFAULT_CAPACITY: usize = 8 << 20;

/// Issues tokens for the sessions of one [`Clerk`](crate::Clerk). Cloning is cheap.
#[derive(Clone)]
pub(crate) struct TemplateTokenIssuer(Arc<Shared>);

struct Shared {
    client: Client,
    clock: Arc<dyn Clock>,
    /// `None` if every call requests a new token.
    in_flight: Option<InFlight>,
}

/// The key of a token in the cache.
///
/// Clerk makes a token from the template, the user and the session in their current state, which includes the active
/// organization. Only the session token identifies that state here, so a token is only given to a caller with the same session
/// token that it was issued for: after a change the browser has a new session token, and a session that switches to another
/// organization and back has another session token than before.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct TokenKey {
    pub(crate) session_token: Arc<str>,
    pub(crate) session_id: Box<str>,
    pub(crate) template: Option<Box<str>>,
    pub(crate) expires_in: Option<u64>,
}

impl TemplateTokenIssuer {
    /// Creates an issuer that caches up to `capacity` bytes of tokens. With zero every call requests a new token.
    pub(crate) fn new(client: Client, clock: Arc<dyn Clock>, capacity: usize) -> Self {
        Self(Arc::new(Shared {
            in_flight: (capacity > 0).then(|| InFlight::new(TokenCache::new(capacity))),
            client,
            clock,
        }))
    }

    /// Returns the token from the cache, unless `skip_cache` is set, or requests a new one.
    pub(crate) async fn token(&self, key: TokenKey, skip_cache: bool) -> Result<Arc<str>, Error> {
        // Without a runtime there is no task to share.
        let (Some(in_flight), Ok(runtime)) = (&self.0.in_flight, Handle::try_current()) else {
            return self.0.request(&key).await;
        };
        let mut result = match in_flight.start(&key, &*self.0.clock, skip_cache) {
            Start::Cached(token) => return Ok(token),
            Start::Wait(result) => result,
            Start::Request(request, result) => {
                // A separate task, so that the other callers still get the token if this one is dropped.
                let guard = RequestGuard::new(self.clone(), key.clone(), request);
                runtime.spawn(guard.run());
                result
            }
        };
        let result = result
            .wait_for(Option::is_some)
            .await
            .ok()
            .and_then(|result| result.clone());
        match result {
            Some(result) => result,
            // The task ended with the runtime of another caller.
            None => self.0.request(&key).await,
        }
    }
}

impl Shared {
    async fn request(&self, key: &TokenKey) -> Result<Arc<str>, Error> {
        let sessions = self.client.sessions();
        let mut call = match &key.template {
            Some(template) => sessions
                .get_token_from_template(&key.session_id, template)
                .into_call(),
            None => sessions.get_token(&key.session_id).into_call(),
        };
        if let Some(seconds) = key.expires_in {
            call = call.member("expires_in_seconds", seconds);
        }
        Ok(call.await?.jwt.into())
    }
}

impl fmt::Debug for TemplateTokenIssuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TemplateTokenIssuer").finish_non_exhaustive()
    }
}
