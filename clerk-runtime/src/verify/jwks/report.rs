//! The logs and metrics of fetches.

use std::time::Duration;

use super::plan::{Fetch, FetchOutcome};
use crate::token::TokenVerificationErrorReason as Reason;

/// Records the outcome of a fetch that has ended at `now_ms`, by the wall clock.
pub(super) fn record_fetch(
    fetch: &Fetch,
    outcome: Result<FetchOutcome, Reason>,
    keys: usize,
    duration: Duration,
    now_ms: i64,
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
        Err(reason) => {
            let reason = reason.as_str();
            tracing::warn!(
                cause,
                outcome = label,
                reason,
                duration_ms,
                "the key set could not be fetched"
            );
        }
    }
    #[cfg(feature = "metrics")]
    {
        metrics::counter!("clerk_jwks_fetches_total", "cause" => cause, "outcome" => label).increment(1);
        if outcome == Ok(FetchOutcome::Loaded) {
            let requested_at = now_ms as f64 / 1000.0 - duration.as_secs_f64();
            metrics::gauge!("clerk_jwks_loaded_timestamp_seconds").set(requested_at);
        }
    }
    #[cfg(not(feature = "metrics"))]
    let _ = now_ms;
}
