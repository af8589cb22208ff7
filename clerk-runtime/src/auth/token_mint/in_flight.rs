//! Single-flight: concurrent callers share one request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use clerk_client::Error;
use tokio::sync::watch;

use super::cache::{TokenCache, TokenKey};
use crate::clock::Clock;

/// The age at which new callers stop waiting for a request: a transport may not keep to its deadline.
const STUCK_AFTER: Duration = Duration::from_secs(10);

/// The result of a request; `None` until it has ended.
pub(super) type RequestResult = Option<Result<Arc<str>, Error>>;

/// The cached tokens and the requests in flight (single-flight).
pub(super) struct InFlight {
    cache: TokenCache,
    requests: Mutex<Requests>,
}

#[derive(Default)]
struct Requests {
    /// The number of requests started so far; requests are numbered from one.
    started: u64,
    by_key: HashMap<TokenKey, PendingRequest>,
}

struct PendingRequest {
    number: u64,
    started_at: Duration,
    result: watch::Receiver<RequestResult>,
}

/// A request that the caller has to make.
pub(super) struct Request {
    pub(super) number: u64,
    pub(super) result: watch::Sender<RequestResult>,
}

/// The way in which a caller gets its token.
pub(super) enum Start {
    Cached(Arc<str>),
    Wait(watch::Receiver<RequestResult>),
    Request(Request, watch::Receiver<RequestResult>),
}

impl InFlight {
    pub(super) fn new(cache: TokenCache) -> Self {
        Self {
            cache,
            requests: Mutex::default(),
        }
    }

    /// Returns a cached token, joins a request in flight, or starts a new request.
    ///
    /// A caller that skips the cache always starts a request: the token of a request in flight may have been issued before
    /// the call. Later callers may join the new request.
    pub(super) fn start(&self, key: &TokenKey, clock: &dyn Clock, skip_cache: bool) -> Start {
        let mut requests = self.lock();
        if !skip_cache {
            if let Some(token) = self.cache.get(key, clock) {
                return Start::Cached(token);
            }
            let is_stuck = |request: &&PendingRequest| {
                clock.monotonic().saturating_sub(request.started_at) >= STUCK_AFTER
            };
            if let Some(request) = requests.by_key.get(key).filter(|request| !is_stuck(request)) {
                return Start::Wait(request.result.clone());
            }
        }
        requests.started += 1;
        let number = requests.started;
        let (sender, result) = watch::channel(None);
        let pending = PendingRequest {
            number,
            started_at: clock.monotonic(),
            result: result.clone(),
        };
        requests.by_key.insert(key.clone(), pending);
        let request = Request {
            number,
            result: sender,
        };
        Start::Request(request, result)
    }

    /// Ends a request. Caches the token before the request is removed, so that no caller in between starts another.
    pub(super) fn complete(&self, key: &TokenKey, number: u64, token: Option<&Arc<str>>, clock: &dyn Clock) {
        let mut requests = self.lock();
        if let Some(token) = token {
            self.cache.insert(key, number, token, clock);
        }
        if requests
            .by_key
            .get(key)
            .is_some_and(|request| request.number == number)
        {
            requests.by_key.remove(key);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Requests> {
        // Nothing panics while the lock is held; should that change, the state is still whole.
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
