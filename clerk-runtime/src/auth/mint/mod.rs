//! Tokens that Clerk makes for sessions: made once for all who ask at the same time, and kept until they are about to
//! expire, since each costs a call that counts against Clerk's rate limits.

mod expiry;
mod flight;
mod kept;

use std::fmt;
use std::sync::Arc;

use clerk_client::{Client, Error};
use tokio::runtime::Handle;

use self::flight::{Flights, Landing, Start};
use self::kept::KeptTokens;
use crate::clock::Clock;

/// How many bytes the tokens of a handle take unless it is configured otherwise.
pub(crate) const DEFAULT_CAPACITY: usize = 8 << 20;

/// Makes tokens for the sessions of one handle. Cloning is cheap.
#[derive(Clone)]
pub(crate) struct Mint(Arc<Shared>);

struct Shared {
    client: Client,
    clock: Arc<dyn Clock>,
    /// `None` if every token is made anew.
    flights: Option<Flights>,
}

/// Which token is wanted.
///
/// What Clerk puts into a token follows from the template, the user and the session as they are at that moment, such as
/// the active organization. None of that is known here but by the session token. So a token is given only to who comes
/// with the very session token that it was made for: after a change the browser has a new one, and a session that goes
/// from one organization to another and back has another one than before.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct TokenKey {
    pub(crate) session_token: Arc<str>,
    pub(crate) session_id: Box<str>,
    pub(crate) template: Option<Box<str>>,
    pub(crate) expires_in: Option<u64>,
}

impl Mint {
    /// Keeps so many bytes of tokens; with none of them every token is made anew.
    pub(crate) fn new(client: Client, clock: Arc<dyn Clock>, capacity: usize) -> Self {
        Self(Arc::new(Shared {
            flights: (capacity > 0).then(|| Flights::new(KeptTokens::new(capacity))),
            client,
            clock,
        }))
    }

    /// The token: a kept one, unless that is to be skipped, or a new one.
    pub(crate) async fn token(&self, key: TokenKey, skip_cache: bool) -> Result<Arc<str>, Error> {
        // Without a runtime there is no task to share.
        let (Some(flights), Ok(runtime)) = (&self.0.flights, Handle::try_current()) else {
            return self.0.make(&key).await;
        };
        let mut landed = match flights.start(&key, &*self.0.clock, skip_cache) {
            Start::Kept(token) => return Ok(token),
            Start::Wait(landed) => landed,
            Start::TakeOff(takeoff, landed) => {
                // In a task of its own, so that a caller who goes away takes the token from nobody else.
                let landing = Landing::new(self.clone(), key.clone(), takeoff);
                runtime.spawn(landing.fly());
                landed
            }
        };
        let answer = landed
            .wait_for(Option::is_some)
            .await
            .ok()
            .and_then(|answer| answer.clone());
        match answer {
            Some(answer) => answer,
            // The task ended with another caller's runtime.
            None => self.0.make(&key).await,
        }
    }
}

impl Shared {
    async fn make(&self, key: &TokenKey) -> Result<Arc<str>, Error> {
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

impl fmt::Debug for Mint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mint").finish_non_exhaustive()
    }
}
