use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use clerk_client::Error;
use tokio::sync::watch;

use super::kept::KeptTokens;
use super::{Mint, TokenKey};
use crate::clock::Clock;

/// How long after its start a call is not waited for any more by who comes now: a transport may not keep to its deadline.
const LOST_AFTER: Duration = Duration::from_secs(10);

/// How a call ended; `None` while it has not.
type Landed = Option<Result<Arc<str>, Error>>;

/// The tokens that are there, and the calls that are under way.
pub(super) struct Flights {
    kept: KeptTokens,
    under_way: Mutex<UnderWay>,
}

#[derive(Default)]
struct UnderWay {
    /// How many calls have started: they are numbered from one.
    started: u64,
    by_key: HashMap<TokenKey, Flight>,
}

struct Flight {
    number: u64,
    since: Duration,
    landed: watch::Receiver<Landed>,
}

/// A call that is to be made.
pub(super) struct Takeoff {
    number: u64,
    landed: watch::Sender<Landed>,
}

/// What to do for somebody who asks.
pub(super) enum Start {
    Kept(Arc<str>),
    Wait(watch::Receiver<Landed>),
    TakeOff(Takeoff, watch::Receiver<Landed>),
}

impl Flights {
    pub(super) fn new(kept: KeptTokens) -> Self {
        Self {
            kept,
            under_way: Mutex::default(),
        }
    }

    /// Who skips the cache wants a token that is made after they asked, which one that is being made may not be. It is good
    /// enough for those who come later.
    pub(super) fn start(&self, key: &TokenKey, clock: &dyn Clock, skip_cache: bool) -> Start {
        let mut under_way = self.lock();
        if !skip_cache {
            if let Some(token) = self.kept.get(key, clock) {
                return Start::Kept(token);
            }
            let is_lost = |flight: &&Flight| clock.monotonic().saturating_sub(flight.since) >= LOST_AFTER;
            if let Some(flight) = under_way.by_key.get(key).filter(|flight| !is_lost(flight)) {
                return Start::Wait(flight.landed.clone());
            }
        }
        under_way.started += 1;
        let number = under_way.started;
        let (sender, landed) = watch::channel(None);
        let flight = Flight {
            number,
            since: clock.monotonic(),
            landed: landed.clone(),
        };
        under_way.by_key.insert(key.clone(), flight);
        let takeoff = Takeoff {
            number,
            landed: sender,
        };
        Start::TakeOff(takeoff, landed)
    }

    /// Ends a call. A token is there before the call is gone, so that nobody who asks in between makes another.
    fn end(&self, key: &TokenKey, number: u64, token: Option<&Arc<str>>, clock: &dyn Clock) {
        let mut under_way = self.lock();
        if let Some(token) = token {
            self.kept.insert(key, number, token, clock);
        }
        if under_way
            .by_key
            .get(key)
            .is_some_and(|flight| flight.number == number)
        {
            under_way.by_key.remove(key);
        }
    }

    fn lock(&self) -> MutexGuard<'_, UnderWay> {
        // Nothing panics while the lock is held; should that change, the state is still whole.
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call under way. However it ends, also by a panic or with its runtime, nobody waits for it any more.
pub(super) struct Landing {
    mint: Mint,
    key: TokenKey,
    takeoff: Takeoff,
    has_ended: bool,
}

impl Landing {
    pub(super) fn new(mint: Mint, key: TokenKey, takeoff: Takeoff) -> Self {
        Self {
            mint,
            key,
            takeoff,
            has_ended: false,
        }
    }

    pub(super) async fn fly(mut self) {
        let answer = self.mint.0.make(&self.key).await;
        self.end(answer.as_ref().ok());
        self.takeoff.landed.send_replace(Some(answer));
    }

    fn end(&mut self, token: Option<&Arc<str>>) {
        self.has_ended = true;
        if let Some(flights) = &self.mint.0.flights {
            flights.end(&self.key, self.takeoff.number, token, &*self.mint.0.clock);
        }
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        if !self.has_ended {
            self.end(None);
        }
    }
}
