//! The calls of one handle: each is paid out of a budget, and an answer that settles a credential for a while is kept.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use clerk_client::Error;
use http::StatusCode;
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::budget::{Budgets, Refusal, Share};
use super::digest::{CallKind, Digest, DigestKey};
use super::recent::Recent;
use super::refreshes::{Begin, Lead, RefreshFailure, RefreshOutcome, Refreshes};
use crate::auth::RefreshTokenErrorReason;
use crate::clock::Clock;
use crate::config::ConfigError;
use crate::key::InstanceType;
use crate::tally::Tally;
use crate::telemetry;
use crate::verify::CallHealth;

/// The time for which a credential that Clerk has verified is paid out of the reserved share.
const VERIFIED_FOR: Duration = Duration::from_secs(3600);
/// The maximum number of verified credentials that are kept, of about 200 bytes each.
const MAX_VERIFIED: usize = 16_384;
/// The time for which a credential that Clerk does not know is refused without asking again.
const ABSENT_FOR: Duration = Duration::from_secs(60);
/// The maximum number of them that are kept, of about 200 bytes each.
const MAX_ABSENT: usize = 4096;
/// The wait that clients are asked for when Clerk names none.
const RETRY_AFTER: Duration = Duration::from_secs(5);
/// The longest wait that clients are asked for.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(300);
/// The longest wait of a request for another one's refresh, whose call ends within five seconds.
const LONGEST_JOIN: Duration = Duration::from_secs(6);
/// The time for which no calls are made after a 429 that names none.
const CLOSED_AFTER_429: Duration = Duration::from_secs(1);

/// The calls about credentials of requests that one handle makes.
pub(crate) struct OutboundCalls {
    clock: Arc<dyn Clock>,
    key: DigestKey,
    state: Mutex<State>,
    /// Answers by which Clerk asked to wait.
    closures: Tally,
}

struct State {
    budgets: Budgets,
    verified: Recent,
    absent: Recent,
    refreshes: Refreshes,
}

/// A credential that Clerk may be asked about.
#[derive(Debug, Clone, Copy)]
pub(in crate::authenticate) struct Credential {
    kind: CallKind,
    digest: Digest,
    share: Share,
}

/// Why a call has no result.
#[derive(Debug)]
pub(in crate::authenticate) enum CallError {
    /// It was not made.
    Refused(Refusal),
    Failed(Error),
}

impl OutboundCalls {
    /// # Errors
    /// [`ConfigError::Randomness`].
    pub(crate) fn new(clock: Arc<dyn Clock>, instance_type: InstanceType) -> Result<Self, ConfigError> {
        Ok(Self {
            clock,
            key: DigestKey::random()?,
            state: Mutex::new(State {
                budgets: Budgets::new(instance_type),
                verified: Recent::new(MAX_VERIFIED, VERIFIED_FOR),
                absent: Recent::new(MAX_ABSENT, ABSENT_FOR),
                refreshes: Refreshes::default(),
            }),
            closures: Tally::default(),
        })
    }

    /// Returns the credential for a call, or `None` if Clerk did not know it within the last minute.
    pub(in crate::authenticate) fn credential(&self, kind: CallKind, secret: &str) -> Option<Credential> {
        let digest = self.key.digest(kind, &[secret]);
        let now = self.clock.monotonic();
        let state = self.lock();
        if state.absent.contains(now, &digest) {
            drop(state);
            telemetry::record_call(kind.as_str(), Share::Unknown.as_str(), "kept");
            return None;
        }
        let share = match state.verified.contains(now, &digest) {
            true => Share::Reserved,
            false => Share::Unknown,
        };
        Some(Credential { kind, digest, share })
    }

    /// Makes a call, and makes it once more after a failure that may pass if the budget allows it. Only for calls that may be
    /// made twice. Notes a credential that Clerk does not know.
    pub(in crate::authenticate) async fn retried<T, F: Future<Output = Result<T, Error>>>(
        &self,
        credential: &Credential,
        call: impl Fn() -> F,
    ) -> Result<T, CallError> {
        let outcome = match self.once(credential.kind, credential.share, &call).await {
            Err(CallError::Failed(error)) if may_pass(&error) => {
                match self.once(credential.kind, credential.share, call).await {
                    // The failure tells more than the budget.
                    Err(CallError::Refused(_)) => Err(CallError::Failed(error)),
                    outcome => outcome,
                }
            }
            outcome => outcome,
        };
        if let Err(CallError::Failed(error)) = &outcome
            && error.status() == Some(StatusCode::NOT_FOUND)
            && !matches!(error, Error::Decode { .. })
        {
            let now = self.clock.monotonic();
            let mut state = self.lock();
            state.verified.remove(&credential.digest);
            state.absent.insert(now, credential.digest);
        }
        outcome
    }

    /// Notes that Clerk has verified a credential, or that it has told that a credential is not good any more.
    pub(in crate::authenticate) fn note_verified(&self, credential: &Credential, is_verified: bool) {
        let now = self.clock.monotonic();
        let mut state = self.lock();
        match is_verified {
            true => state.verified.insert(now, credential.digest),
            false => state.verified.remove(&credential.digest),
        }
    }

    /// Refreshes a session, unless the same refresh is under way or has just ended: then returns its outcome. `parts` are
    /// everything that tells one refresh from another.
    pub(in crate::authenticate) async fn refresh<F: Future<Output = RefreshOutcome>>(
        &self,
        parts: &[&str],
        refresh: impl Fn() -> F,
    ) -> RefreshOutcome {
        let kind = CallKind::Refresh;
        let digest = self.key.digest(kind, parts);
        loop {
            let now = self.clock.monotonic();
            let begin = self.lock().refreshes.begin(now, digest);
            match begin {
                Begin::Ended(outcome) => {
                    telemetry::record_call(kind.as_str(), Share::Unknown.as_str(), "kept");
                    return outcome;
                }
                Begin::Join(outcome) => {
                    // The request that was to refresh may be gone before it could; then another one has to.
                    if let Some(outcome) = joined(outcome).await {
                        telemetry::record_call(kind.as_str(), Share::Unknown.as_str(), "kept");
                        return outcome;
                    }
                }
                Begin::Lead(lead) => {
                    let leader = Leader {
                        calls: self,
                        digest,
                        lead: Some(lead),
                    };
                    let outcome = refresh().await;
                    leader.end(&outcome);
                    return outcome;
                }
            }
        }
    }

    /// Makes one call about what is never verified itself.
    pub(in crate::authenticate) async fn once_unknown<T, F: Future<Output = Result<T, Error>>>(
        &self,
        kind: CallKind,
        call: impl Fn() -> F,
    ) -> Result<T, CallError> {
        self.once(kind, Share::Unknown, call).await
    }

    /// Returns the public state of the budgets.
    pub(crate) fn health(&self) -> CallHealth {
        let now = self.clock.monotonic();
        let [unknown, reserved] = self.lock().budgets.health(now);
        CallHealth { unknown, reserved }
    }

    async fn once<T, F: Future<Output = Result<T, Error>>>(
        &self,
        kind: CallKind,
        share: Share,
        call: impl Fn() -> F,
    ) -> Result<T, CallError> {
        let place = self.start(kind, share).map_err(CallError::Refused)?;
        let result = call().await;
        drop(place);
        if let Err(error) = &result
            && let Some(wait) = wait_that_clerk_asks_for(error)
        {
            let now = self.clock.monotonic();
            let closed_for = self.lock().budgets.close(share, now, wait);
            let requests = self.closures.count(now);
            telemetry::record_closure(share.as_str(), closed_for, self.clock.unix_millis(), requests);
        }
        result.map_err(CallError::Failed)
    }

    fn start(&self, kind: CallKind, share: Share) -> Result<Place<'_>, Refusal> {
        let now = self.clock.monotonic();
        let started = self.lock().budgets.start(share, now);
        let outcome = started.err().map_or("made", |refusal| refusal.cause.as_str());
        telemetry::record_call(kind.as_str(), share.as_str(), outcome);
        started.map(|()| Place { calls: self, share })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics while the lock is held; should that change, the state is still whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of a call among those in flight. It is given back when the call ends, or when its request goes away.
struct Place<'a> {
    calls: &'a OutboundCalls,
    share: Share,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.calls.lock().budgets.end(self.share);
    }
}

/// The one request that refreshes a session for all that ask for the same.
struct Leader<'a> {
    calls: &'a OutboundCalls,
    digest: Digest,
    lead: Option<Lead>,
}

impl Leader<'_> {
    fn end(mut self, outcome: &RefreshOutcome) {
        if let Some(lead) = self.lead.take() {
            let now = self.calls.clock.monotonic();
            self.calls
                .lock()
                .refreshes
                .end(now, self.digest, &lead, Some(outcome));
            lead.tell(outcome.clone());
        }
    }
}

impl Drop for Leader<'_> {
    fn drop(&mut self) {
        if let Some(lead) = self.lead.take() {
            let now = self.calls.clock.monotonic();
            self.calls.lock().refreshes.end(now, self.digest, &lead, None);
        }
    }
}

impl fmt::Debug for OutboundCalls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutboundCalls").finish_non_exhaustive()
    }
}

/// Waits for the outcome of another request's refresh. `None` if that request went away.
async fn joined(mut outcome: watch::Receiver<Option<RefreshOutcome>>) -> Option<RefreshOutcome> {
    let ended = async {
        let ended = outcome.wait_for(Option::is_some).await;
        ended.ok().and_then(|outcome| outcome.clone())
    };
    if Handle::try_current().is_err() {
        return ended.await;
    }
    // The other request may be on a runtime that is not driven.
    let late = Err(RefreshFailure::passing(RefreshTokenErrorReason::FetchError));
    tokio::time::timeout(LONGEST_JOIN, ended)
        .await
        .unwrap_or(Some(late))
}

fn may_pass(error: &Error) -> bool {
    error.is_transport() || error.status().is_some_and(|status| status.is_server_error())
}

/// Returns for how long Clerk wants no more calls, if it says so.
fn wait_that_clerk_asks_for(error: &Error) -> Option<Duration> {
    match error.status()? {
        StatusCode::TOO_MANY_REQUESTS => Some(error.retry_after().unwrap_or(CLOSED_AFTER_429)),
        StatusCode::SERVICE_UNAVAILABLE => error.retry_after(),
        _ => None,
    }
}

/// Returns how long to wait before asking again if Clerk could not answer; `None` if it did.
pub(in crate::authenticate) fn retry_after(error: &Error) -> Option<Duration> {
    let cannot_tell = error.is_transport()
        || matches!(error, Error::Decode { .. } | Error::NoSecretKey)
        || error.status().is_some_and(|status| {
            status.is_server_error()
                || status.is_redirection()
                || matches!(
                    status,
                    StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS
                )
        });
    let wait = error.retry_after().unwrap_or(RETRY_AFTER).min(MAX_RETRY_AFTER);
    cannot_tell.then_some(wait)
}
