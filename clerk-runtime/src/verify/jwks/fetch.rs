use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use clerk_client::Client;
use tokio::sync::watch;

use super::cache::{Answer, Cache, FetchFailure, Step};
use super::key_set::KeySet;
use crate::Deviation;
use crate::clock::Clock;
use crate::config::JwksPolicy;
use crate::key::RsaVerifyingKey;
use crate::token::{TokenVerificationError, TokenVerificationErrorReason as Reason};

/// The longest that one request waits for a fetch.
const LONGEST_WAIT: Duration = Duration::from_secs(2);
/// The longest that one fetch may take, retries included.
const FETCH_DEADLINE: Duration = Duration::from_secs(5);
/// Pauses before the retries of one fetch, each multiplied by a random factor from one to two.
const RETRY_PAUSES: [Duration; 4] = [
    Duration::from_millis(40),
    Duration::from_millis(80),
    Duration::from_millis(160),
    Duration::from_millis(320),
];

/// The key set of an instance, fetched over the Backend API.
#[derive(Debug)]
pub(crate) struct Jwks(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    client: Client,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    cache: Cache,
    /// The fetch that is under way. Its end is the closing of the channel.
    flight: Option<watch::Receiver<()>>,
}

impl Jwks {
    pub(crate) fn new(client: Client, clock: Arc<dyn Clock>, policy: JwksPolicy) -> Self {
        let state = Mutex::new(State {
            cache: Cache::new(policy),
            flight: None,
        });
        Self(Arc::new(Shared { client, clock, state }))
    }

    /// The key with this `kid`.
    pub(crate) async fn key(&self, kid: Option<&str>) -> Result<RsaVerifyingKey, TokenVerificationError> {
        let Some(kid) = kid else {
            let error = TokenVerificationError::new(
                Reason::JwkKidMismatch,
                "the token does not name its key (`kid`)",
            );
            return Err(error.deviating(Deviation::HeaderFirst));
        };
        let flight = {
            let mut state = self.0.lock();
            match state.cache.step(self.0.clock.monotonic(), kid) {
                Step::Answer(answer) => return state.result(answer),
                Step::Fetch => self.0.flight(&mut state),
            }
        };
        let landed = flight.landed().await;
        let mut state = self.0.lock();
        let now = self.0.clock.monotonic();
        let answer = if landed {
            state.cache.after_fetch(now, kid)
        } else {
            state.cache.fallback(now, kid)
        };
        state.result(answer)
    }

    /// The key with this `kid`, if it is known without a fetch.
    pub(crate) fn peek(&self, kid: &str) -> Option<RsaVerifyingKey> {
        match self.0.lock().cache.step(self.0.clock.monotonic(), kid) {
            Step::Answer(Answer::Key(key)) => Some(key),
            Step::Answer(_) | Step::Fetch => None,
        }
    }

    /// Fetches the keys unless they are fresh. Keys that are stale but usable will do while no fetch succeeds.
    pub(crate) async fn ready(&self) -> Result<(), TokenVerificationError> {
        let flight = {
            let mut state = self.0.lock();
            state
                .cache
                .wants_warming(self.0.clock.monotonic())
                .then(|| self.0.flight(&mut state))
        };
        if let Some(flight) = flight {
            flight.landed().await;
        }
        let state = self.0.lock();
        let now = self.0.clock.monotonic();
        if state.cache.is_usable(now) {
            return Ok(());
        }
        let (reason, retry_after) = state
            .cache
            .failure(now)
            .unwrap_or((Reason::UnexpectedError, Duration::ZERO));
        Err(outage(reason, retry_after))
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics while the lock is held; should that change, the state is still whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Joins the fetch that is under way, or gets another ready to start.
    fn flight(self: &Arc<Self>, state: &mut State) -> Flight {
        let under_way = state
            .flight
            .as_ref()
            .filter(|flight| flight.has_changed().is_ok());
        if let Some(end) = under_way {
            return Flight {
                end: end.clone(),
                start: None,
            };
        }
        let (airborne, end) = watch::channel(());
        state.flight = Some(end.clone());
        let start = Landing {
            shared: Arc::clone(self),
            // The set answers, and still a fetch is wanted: a token names a key that is not in it.
            for_unknown_kid: state.cache.is_fresh(self.clock.monotonic()),
            has_landed: false,
            _airborne: airborne,
        };
        Flight {
            end,
            start: Some(start),
        }
    }
}

/// A fetch to wait for.
#[must_use = "a fetch is only started by waiting for it"]
struct Flight {
    end: watch::Receiver<()>,
    /// There for whoever has to start it, which must happen without the lock.
    start: Option<Landing>,
}

impl Flight {
    /// Waits for the end of the fetch; `false` if that takes too long for a request.
    async fn landed(mut self) -> bool {
        // Without a runtime nothing can be fetched: that is a failure like any other.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return true;
        };
        // A task of its own, so that a client that hangs up ends nobody else's wait.
        if let Some(landing) = self.start.take() {
            runtime.spawn(landing.fetch());
        }
        tokio::time::timeout(LONGEST_WAIT, async { while self.end.changed().await.is_ok() {} })
            .await
            .is_ok()
    }
}

/// The end of a fetch, whichever way it ends. Dropping the sender wakes those who wait.
struct Landing {
    shared: Arc<Shared>,
    for_unknown_kid: bool,
    has_landed: bool,
    _airborne: watch::Sender<()>,
}

impl Landing {
    async fn fetch(mut self) {
        let shared = Arc::clone(&self.shared);
        let outcome = tokio::time::timeout(FETCH_DEADLINE, fetch_with_retries(&shared.client)).await;
        let mut state = shared.lock();
        let now = shared.clock.monotonic();
        match outcome {
            Ok(Ok(set)) => {
                state.cache.loaded(now, set);
                // Here and not with who waits: they may have hung up by now.
                if self.for_unknown_kid {
                    state.cache.cool_down(now);
                }
            }
            Ok(Err(failure)) => state.failed(now, &failure),
            Err(_) => state.failed(now, &LOST),
        }
        state.flight = None;
        self.has_landed = true;
    }
}

impl Drop for Landing {
    /// A task that was lost, with its runtime or by a panic of the transport, counts as a failed fetch.
    fn drop(&mut self) {
        if !self.has_landed {
            let mut state = self.shared.lock();
            let now = self.shared.clock.monotonic();
            state.failed(now, &LOST);
            state.flight = None;
        }
    }
}

const LOST: FetchFailure = FetchFailure {
    reason: Reason::UnexpectedError,
    retry_after: None,
};

impl State {
    /// A set without a single usable key says nothing about a token: that is an outage too.
    fn result(&self, answer: Answer) -> Result<RsaVerifyingKey, TokenVerificationError> {
        into_result(answer).map_err(|error| {
            if self.cache.lacks_usable_keys() {
                error.during_outage(Duration::from_secs(1))
            } else {
                error
            }
        })
    }

    fn failed(&mut self, now: Duration, failure: &FetchFailure) {
        tracing::warn!(reason = %failure.reason, "the key set could not be fetched");
        self.cache.failed(now, failure, random_fraction());
    }
}

async fn fetch_with_retries(client: &Client) -> Result<KeySet, FetchFailure> {
    for pause in RETRY_PAUSES {
        match fetch(client).await {
            Err(FetchError::Transient(_)) => tokio::time::sleep(pause.mul_f64(1.0 + random_fraction())).await,
            settled => return settled.map_err(FetchError::into_failure),
        }
    }
    fetch(client).await.map_err(FetchError::into_failure)
}

/// Whether trying again at once may help.
enum FetchError {
    Transient(FetchFailure),
    Settled(FetchFailure),
}

impl FetchError {
    fn into_failure(self) -> FetchFailure {
        match self {
            Self::Transient(failure) | Self::Settled(failure) => failure,
        }
    }
}

async fn fetch(client: &Client) -> Result<KeySet, FetchError> {
    match client.jwks().get_jwks().await {
        Ok(jwks) if jwks.keys.is_empty() => Err(FetchError::Settled(FetchFailure {
            reason: Reason::JwkRemoteFailedToLoad,
            retry_after: None,
        })),
        Ok(jwks) => Ok(KeySet::from_keys(&jwks.keys)),
        Err(error) => {
            let failure = FetchFailure {
                reason: reason_of(&error),
                retry_after: error.retry_after(),
            };
            Err(if failure.retry_after.is_some() {
                FetchError::Settled(failure)
            } else {
                FetchError::Transient(failure)
            })
        }
    }
}

fn reason_of(error: &clerk_client::Error) -> Reason {
    if error
        .errors()
        .iter()
        .any(|error| error.code == "clerk_key_invalid")
    {
        Reason::SecretKeyInvalid
    } else if error.status().is_some() && error.body_is_json() {
        Reason::JwkRemoteFailedToLoad
    } else {
        Reason::UnexpectedError
    }
}

fn into_result(answer: Answer) -> Result<RsaVerifyingKey, TokenVerificationError> {
    match answer {
        Answer::Key(key) => Ok(key),
        Answer::Unusable => {
            let message = "the key that the token names cannot check RS256 signatures";
            Err(
                TokenVerificationError::new(Reason::TokenVerificationFailed, message)
                    .deviating(Deviation::UnusableKey),
            )
        }
        Answer::UnknownKid => {
            let message = "no key of the instance has the `kid` that the token names";
            Err(TokenVerificationError::new(Reason::JwkKidMismatch, message))
        }
        Answer::Unavailable { reason, retry_after } => Err(outage(reason, retry_after)),
    }
}

fn outage(reason: Reason, retry_after: Duration) -> TokenVerificationError {
    let message = match reason {
        Reason::SecretKeyInvalid => "Clerk refused the secret key: check CLERK_SECRET_KEY",
        Reason::JwkRemoteFailedToLoad => "Clerk did not answer with the instance's keys",
        _ => "Clerk could not be reached for the instance's keys",
    };
    TokenVerificationError::new(reason, message).during_outage(retry_after.max(Duration::from_secs(1)))
}

/// Randomness enough to keep processes apart; nothing secret depends on it.
fn random_fraction() -> f64 {
    (RandomState::new().hash_one(()) >> 11) as f64 / (1_u64 << 53) as f64
}
