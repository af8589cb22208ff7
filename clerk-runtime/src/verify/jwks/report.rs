//! What came of a fetch, for whoever watches.

use std::time::Duration;

use super::plan::{Landed, Takeoff};
use crate::token::TokenVerificationErrorReason as Reason;

/// A fetch has ended, at `now_ms` by the wall clock.
pub(super) fn report(
    takeoff: &Takeoff,
    outcome: Result<Landed, Reason>,
    keys: usize,
    duration: Duration,
    now_ms: i64,
) {
    let cause = takeoff.cause.as_str();
    let duration_ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let word = match outcome {
        Ok(Landed::Loaded) => "loaded",
        Ok(Landed::Outdated) => "outdated",
        Ok(Landed::Refused) => "refused",
        Err(_) => "failed",
    };
    match outcome {
        Ok(Landed::Loaded | Landed::Outdated) => {
            tracing::debug!(
                cause,
                outcome = word,
                keys,
                duration_ms,
                "the key set was fetched"
            );
        }
        Ok(Landed::Refused) => {
            tracing::error!(
                cause,
                outcome = word,
                keys,
                duration_ms,
                "the fetched key set has no usable key: the former one stays"
            );
        }
        Err(reason) => {
            let reason = reason.as_str();
            tracing::warn!(
                cause,
                outcome = word,
                reason,
                duration_ms,
                "the key set could not be fetched"
            );
        }
    }
    #[cfg(feature = "metrics")]
    {
        metrics::counter!("clerk_jwks_fetches_total", "cause" => cause, "outcome" => word).increment(1);
        if outcome == Ok(Landed::Loaded) {
            let asked_at = now_ms as f64 / 1000.0 - duration.as_secs_f64();
            metrics::gauge!("clerk_jwks_loaded_timestamp_seconds").set(asked_at);
        }
    }
    #[cfg(not(feature = "metrics"))]
    let _ = now_ms;
}
