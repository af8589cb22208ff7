use std::fmt;
use std::sync::Arc;

use clerk_client::{Client, Error};
use tokio::runtime::Handle;

use super::cache::{TokenCache, TokenKey};
use super::in_flight::{InFlight, Request, Start};
use crate::clock::Clock;

/// Issues tokens for the sessions of one [`Clerk`](crate::Clerk). Cloning is cheap.
#[derive(Clone)]
pub(crate) struct TemplateTokenIssuer(Arc<Shared>);

struct Shared {
    client: Client,
    clock: Arc<dyn Clock>,
    /// `None` if every call requests a new token.
    in_flight: Option<InFlight>,
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

/// Runs a request and ends it in any case, also on a panic or when its runtime shuts down, so that no caller waits forever.
struct RequestGuard {
    issuer: TemplateTokenIssuer,
    key: TokenKey,
    request: Request,
    is_complete: bool,
}

impl RequestGuard {
    fn new(issuer: TemplateTokenIssuer, key: TokenKey, request: Request) -> Self {
        Self {
            issuer,
            key,
            request,
            is_complete: false,
        }
    }

    async fn run(mut self) {
        let result = self.issuer.0.request(&self.key).await;
        self.complete(result.as_ref().ok());
        self.request.result.send_replace(Some(result));
    }

    fn complete(&mut self, token: Option<&Arc<str>>) {
        self.is_complete = true;
        if let Some(in_flight) = &self.issuer.0.in_flight {
            in_flight.complete(&self.key, self.request.number, token, &*self.issuer.0.clock);
        }
    }
}

impl Drop for RequestGuard {
    fn drop(&mut self) {
        if !self.is_complete {
            self.complete(None);
        }
    }
}
