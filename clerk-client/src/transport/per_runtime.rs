//! One reqwest client for each Tokio runtime. A connection is driven by the runtime that opened it: it stands still while that
//! runtime does, and breaks off when it ends. So a client in a `static`, which tests with a runtime each share, must not lend the
//! connections of one runtime to another.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use tokio::runtime::{Handle, Id};
use tokio::sync::oneshot;

use super::TransportError;
use super::paused_clock::is_paused;

/// The clients of one transport.
pub(super) struct Clients {
    build: Build,
    state: Mutex<State>,
}

/// Builds a client, whose attempts to connect have a time limit unless the clock is paused.
pub(super) type Build = fn(is_paused: bool) -> Result<PlainOrTls, TransportError>;

/// A client, which may be good for plain `http` only.
#[derive(Debug, Clone)]
pub(super) struct PlainOrTls {
    pub(super) client: reqwest::Client,
    /// Holds the words of the TLS library if it has found no certificate authorities.
    pub(super) no_authorities: Option<String>,
}

struct State {
    /// The first client, for a runtime whose clock goes on. It was built early to tell at once if that is impossible.
    spare: Option<PlainOrTls>,
    in_use: Vec<InUse>,
}

struct InUse {
    runtime: Id,
    is_paused: bool,
    client: PlainOrTls,
    /// Its other end is held by a task of the runtime, and dropped with the runtime.
    lifetime: oneshot::Sender<()>,
}

/// The client of the current runtime.
pub(super) struct Current {
    pub(super) client: PlainOrTls,
    pub(super) is_paused: bool,
}

impl Clients {
    pub(super) fn new(build: Build) -> Result<Self, TransportError> {
        Ok(Self {
            build,
            state: Mutex::new(State {
                spare: Some(build(false)?),
                in_use: Vec::new(),
            }),
        })
    }

    /// Returns the client of a runtime, and drops those of runtimes that have ended.
    pub(super) fn current(&self, runtime: &Handle) -> Result<Current, TransportError> {
        let is_paused = is_paused();
        let id = runtime.id();
        // Nothing panics while the lock is held; should that change, the state is still whole.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |one: &&InUse| one.runtime == id && one.is_paused == is_paused;
        if let Some(one) = state.in_use.iter().find(is_it) {
            let client = one.client.clone();
            return Ok(Current { client, is_paused });
        }
        state.in_use.retain(|one| !one.lifetime.is_closed());
        let client = match state.spare.take_if(|_| !is_paused) {
            Some(client) => client,
            None => (self.build)(is_paused)?,
        };
        let (lifetime, end) = oneshot::channel();
        runtime.spawn(async move {
            _ = end.await;
        });
        state.in_use.push(InUse {
            runtime: id,
            is_paused,
            client: client.clone(),
            lifetime,
        });
        Ok(Current { client, is_paused })
    }
}

impl fmt::Debug for Clients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clients").finish_non_exhaustive()
    }
}
