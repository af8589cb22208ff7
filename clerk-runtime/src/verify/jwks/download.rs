//! The download of the key set from the Backend API, and its logs and metrics.

use std::time::Duration;

use clerk_client::transport::TransportError;
use clerk_client::{CallOptions, Client};
use serde_json::Value;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::backoff::{FetchFailure, random_fraction};
use super::key_set::KeySet;
use super::plan::{Fetch, FetchOutcome};
use crate::tally::Tally;
use crate::token::TokenVerificationErrorReason as Reason;

/// A key set, and when Clerk says that it was returned.
pub(super) struct Downloaded {
    pub(super) set: KeySet,
    /// The header `Date` of the answer, in Unix seconds.
    pub(super) told_at: Option<i64>,
}

/// Downloads the set. Retries transient errors if the fetch is urgent.
pub(super) async fn download(client: &Client, fetch: &Fetch) -> Result<Downloaded, FetchFailure> {
    let at_most = fetch.deadline;
    let pauses = if fetch.is_urgent { &RETRY_PAUSES[..] } else { &[] };
    let deadline = Instant::now() + at_most;
    let mut late = FetchFailure::incomplete(format!("{}: {}", client.host(), TransportError::Timeout));
    for pause in pauses {
        match timeout_at(deadline, attempt(client, at_most)).await {
            Ok(Err(AttemptError::Transient(failure))) => late.cause = failure.cause,
            Ok(result) => return result.map_err(AttemptError::into_failure),
            Err(_) => return Err(late),
        }
        sleep_until(deadline.min(Instant::now() + pause.mul_f64(1.0 + random_fraction()))).await;
    }
    match timeout_at(deadline, attempt(client, at_most)).await {
        Ok(result) => result.map_err(AttemptError::into_failure),
        Err(_) => Err(late),
    }
}

/// The error of one attempt, by whether an immediate retry may help.
enum AttemptError {
    Transient(FetchFailure),
    Permanent(FetchFailure),
}

impl AttemptError {
    fn into_failure(self) -> FetchFailure {
        match self {
            Self::Transient(failure) | Self::Permanent(failure) => failure,
        }
    }
}

async fn attempt(client: &Client, at_most: Duration) -> Result<Downloaded, AttemptError> {
    // Retries are decided here, for the download as a whole.
    let once = CallOptions::new().retries(0).timeout(at_most);
    let answer = client.jwks().get_jwks().with(once).response().await;
    match answer.and_then(|response| Ok((response.date(), response.json::<Value>()?))) {
        Ok((told_at, answer)) => match read(answer) {
            Ok(set) => Ok(Downloaded { set, told_at }),
            Err(reason) => Err(AttemptError::Permanent(FetchFailure {
                reason,
                retry_after: None,
                cause: Some(format!("{} answered with no keys", client.host()).into()),
            })),
        },
        Err(error) => {
            let failure = FetchFailure {
                reason: reason_of(&error),
                retry_after: error.retry_after(),
                cause: Some(cause_of(client.host(), &error).into()),
            };
            Err(if failure.retry_after.is_some() {
                AttemptError::Permanent(failure)
            } else {
                AttemptError::Transient(failure)
            })
        }
    }
}

/// Describes the error without any text of an answer, which may repeat the secret key.
fn cause_of(host: &str, error: &clerk_client::Error) -> String {
    match (error, error.status()) {
        (clerk_client::Error::Transport(error @ TransportError::Unreachable { .. }), _) => error.to_string(),
        (clerk_client::Error::Transport(error), _) => format!("{host}: {error}"),
        (_, Some(status)) if status.is_success() => {
            format!("{host} answered {status}, but not with a key set")
        }
        (_, Some(status)) => format!("{host} answered {status}"),
        (error, None) => format!("{host}: {error}"),
    }
}

/// Reads an answer. What is no key set is refused for the reason that Clerk's SDK has: for it `null` in the place of an object
/// and text in the place of a list are unexpected, and everything else that is no list is a set without keys.
fn read(mut answer: Value) -> Result<KeySet, Reason> {
    match answer.get_mut("keys").map(Value::take) {
        Some(Value::Array(keys)) if keys.is_empty() => Err(Reason::JwkRemoteFailedToLoad),
        Some(Value::Array(keys)) => {
            let set = KeySet::from_keys(&keys);
            match keys.iter().any(Value::is_null) && !set.has_usable_key() {
                true => Err(Reason::UnexpectedError),
                false => Ok(set),
            }
        }
        Some(Value::String(text)) if !text.is_empty() => Err(Reason::UnexpectedError),
        None if answer.is_null() => Err(Reason::UnexpectedError),
        _ => Err(Reason::JwkRemoteFailedToLoad),
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

/// Returns the seconds that the clock of this machine is ahead of Clerk's, negative if it is behind.
///
/// Clerk tells whole seconds, at some time during the fetch, so smaller differences are none.
pub(super) fn clock_ahead(now_ms: i64, told_at: i64, duration: Duration) -> i64 {
    let latest = now_ms.div_euclid(1000);
    let duration = i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
    let earliest = latest.saturating_sub(duration).saturating_sub(1);
    match told_at {
        _ if told_at < earliest => earliest.saturating_sub(told_at),
        _ if told_at > latest.saturating_add(1) => latest.saturating_sub(told_at),
        _ => 0,
    }
}

/// Logs that tokens will be refused because of this machine's clock.
pub(super) fn warn_of_clock(ahead: i64, told: &Tally, now: Duration) {
    /// Clerk's default tolerance, in seconds.
    const TOLERATED: i64 = 5;
    if ahead.saturating_abs() <= TOLERATED {
        return;
    }
    if let Some(fetches) = told.count(now) {
        tracing::warn!(
            fetches,
            seconds_ahead = ahead,
            "the clock of this machine differs from Clerk's, so good tokens are refused: set it, for example with NTP"
        );
    }
}

/// The pauses before the retries of one download, each multiplied by a random factor from one to two.
const RETRY_PAUSES: [Duration; 4] = [
    Duration::from_millis(40),
    Duration::from_millis(80),
    Duration::from_millis(160),
    Duration::from_millis(320),
];

/// Records the outcome of a fetch that has ended at `now_ms`, by the wall clock. `failures` is the number of failed fetches since
/// the last warning, if another is due.
pub(super) fn record_fetch(
    fetch: &Fetch,
    outcome: &Result<FetchOutcome, FetchFailure>,
    keys: usize,
    duration: Duration,
    now_ms: i64,
    failures: Option<u64>,
) {
    let cause = fetch.reason.as_str();
    let duration_ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let label = match outcome {
        Ok(FetchOutcome::Loaded) => "loaded",
        Ok(FetchOutcome::Outdated) => "outdated",
        Ok(FetchOutcome::Refused) => "refused",
        Err(_) => "failed",
    };
    match outcome {
        Ok(FetchOutcome::Loaded | FetchOutcome::Outdated) => {
            tracing::debug!(
                cause,
                outcome = label,
                keys,
                duration_ms,
                "the key set was fetched"
            );
        }
        Ok(FetchOutcome::Refused) => {
            tracing::error!(
                cause,
                outcome = label,
                keys,
                duration_ms,
                "the fetched key set has no usable key: the former one stays"
            );
        }
        Err(failure) => {
            let reason = failure.reason.as_str();
            let error = failure.cause.as_deref();
            match failures {
                Some(failures) => tracing::warn!(
                    failures,
                    cause,
                    outcome = label,
                    reason,
                    error,
                    duration_ms,
                    "the key set could not be fetched"
                ),
                None => tracing::debug!(
                    cause,
                    outcome = label,
                    reason,
                    error,
                    duration_ms,
                    "the key set could not be fetched"
                ),
            }
        }
    }
    #[cfg(feature = "metrics")]
    {
        metrics::counter!("clerk_jwks_fetches_total", "cause" => cause, "outcome" => label).increment(1);
        if matches!(outcome, Ok(FetchOutcome::Loaded)) {
            let requested_at = now_ms as f64 / 1000.0 - duration.as_secs_f64();
            metrics::gauge!("clerk_jwks_loaded_timestamp_seconds").set(requested_at);
        }
    }
    #[cfg(not(feature = "metrics"))]
    let _ = now_ms;
}

/// Records a fetch whose runtime ended before it.
pub(super) fn record_abandoned(fetch: &Fetch) {
    let cause = fetch.reason.as_str();
    let outcome = "abandoned";
    tracing::debug!(cause, outcome, "the runtime ended while it fetched the key set");
    #[cfg(feature = "metrics")]
    metrics::counter!("clerk_jwks_fetches_total", "cause" => cause, "outcome" => outcome).increment(1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_is_ahead_by_what_the_fetch_does_not_explain() {
        for (now_ms, told_at, seconds, expected) in [
            (1_000_900, 1_000, 0, 0),
            (1_000_900, 999, 0, 0),
            (1_002_000, 1_000, 2, 0),
            (1_120_000, 1_000, 0, 119),
            (1_120_000, 1_000, 5, 114),
            (880_000, 1_000, 0, -120),
        ] {
            let ahead = clock_ahead(now_ms, told_at, Duration::from_secs(seconds));
            assert_eq!(ahead, expected, "{now_ms} {told_at} {seconds}");
        }
        assert!(clock_ahead(i64::MIN, i64::MAX, Duration::MAX) < 0);
        assert!(clock_ahead(i64::MAX, i64::MIN, Duration::ZERO) > 0);
    }
}
