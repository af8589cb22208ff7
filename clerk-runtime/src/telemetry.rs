//! What happens, for whoever watches: events for `tracing` and, with the feature `metrics`, counters. Never a token.
//!
//! | metric | kind | labels |
//! | --- | --- | --- |
//! | `clerk_tokens_verified_total` | counter | `signature`: `checked`, `remembered` |
//! | `clerk_jwks_fetches_total` | counter | `cause`: `start`, `age`, `unknown-kid`; `outcome`: `loaded`, `outdated`, `refused`, `failed`, `abandoned` |
//! | `clerk_jwks_loaded_timestamp_seconds` | gauge | none |
//! | `clerk_calls_total` | counter | `kind`: `api-key`, `m2m-token`, `oauth-token`, `nonce`, `refresh`; `budget`: `unknown`, `reserved`; `outcome`: `made`, `kept` (answered without a call), or why a budget refused it: `rate`, `in-flight`, `closed` |
//! | `clerk_calls_closed_until_timestamp_seconds` | gauge | `budget` |
//! | `clerk_requests_rejected_total` | counter | `reason`: Clerk's, without the details of a refresh |

#[cfg(feature = "network")]
use std::time::Duration;

use crate::auth::AuthReason;
use crate::token::{TokenCarrier, TokenType};

/// What is told of the outcome of a request.
pub(crate) struct Outcome<'a> {
    pub(crate) status: &'static str,
    pub(crate) reason: Option<&'a AuthReason>,
    pub(crate) carrier: Option<TokenCarrier>,
    pub(crate) token_type: Option<TokenType>,
}

/// Records the outcome of a request that was not refused. It is put together only if a subscriber takes it.
#[inline]
pub(crate) fn record_outcome<'a>(outcome: impl Fn() -> Outcome<'a>) {
    tracing::debug!(
        status = outcome().status,
        reason = outcome().reason.map(AuthReason::as_str).as_deref(),
        carrier = outcome().carrier.map(TokenCarrier::as_str),
        token_type = outcome().token_type.map(TokenType::as_str),
        "request authenticated"
    );
}

/// Counts a request that is not signed in.
#[inline]
pub(crate) fn count_refusal(reason: Option<&AuthReason>) {
    #[cfg(feature = "metrics")]
    if let Some(reason) = reason {
        metrics::counter!("clerk_requests_rejected_total", "reason" => reason.group()).increment(1);
    }
    #[cfg(not(feature = "metrics"))]
    let _ = reason;
}

/// A refused request, as the log has it. No field has text of a token, a cookie or a secret.
pub(crate) struct Refusal<'a> {
    /// Names the event: "request not signed in", or "request refused" for one that is signed in.
    pub(crate) event: &'static str,
    pub(crate) reason: &'a str,
    /// The cause in a sentence.
    pub(crate) cause: &'a str,
    pub(crate) fix: &'a str,
    pub(crate) deviation: Option<&'a str>,
    pub(crate) carrier: Option<&'a str>,
    pub(crate) shape: Option<&'a str>,
    /// The types of token that are accepted.
    pub(crate) accepts: &'a str,
    pub(crate) expected: Option<&'a str>,
    pub(crate) found: Option<&'a str>,
    pub(crate) seconds: Option<i64>,
    pub(crate) method: &'a str,
    pub(crate) route: Option<&'a str>,
}

/// The level of a refusal: what is presented to a development instance is shown by the usual subscribers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RefusalLevel {
    Info,
    Debug,
}

impl RefusalLevel {
    /// Returns whether a subscriber takes events of this level.
    #[inline]
    pub(crate) fn is_enabled(self) -> bool {
        match self {
            Self::Info => tracing::enabled!(tracing::Level::INFO),
            Self::Debug => tracing::enabled!(tracing::Level::DEBUG),
        }
    }
}

macro_rules! refusal_event {
    ($event:ident, $refusal:expr $(, $name:ident = $value:expr)*) => {
        tracing::$event!(
            reason = $refusal.reason,
            fix = $refusal.fix,
            deviation = $refusal.deviation,
            carrier = $refusal.carrier,
            shape = $refusal.shape,
            accepts = $refusal.accepts,
            expected = $refusal.expected,
            found = $refusal.found,
            seconds = $refusal.seconds,
            method = $refusal.method,
            route = $refusal.route,
            $($name = $value,)*
            "{}: {}",
            $refusal.event,
            $refusal.cause
        )
    };
}

/// Records a refused request.
pub(crate) fn record_refusal(refusal: &Refusal<'_>, level: RefusalLevel) {
    match level {
        RefusalLevel::Info => refusal_event!(info, refusal),
        RefusalLevel::Debug => refusal_event!(debug, refusal),
    }
}

/// Warns of a configuration that does not fit. `requests` is the number of requests since the last warning of this cause.
pub(crate) fn warn_of_configuration(refusal: &Refusal<'_>, requests: u64) {
    refusal_event!(warn, refusal, requests = requests);
}

/// Records that a session token was verified, by its signature or from the cache.
pub(crate) fn record_verification(signature: Signature) {
    #[cfg(feature = "metrics")]
    metrics::counter!("clerk_tokens_verified_total", "signature" => signature.as_str()).increment(1);
    #[cfg(not(feature = "metrics"))]
    let _ = signature;
}

/// Records a call about a credential of a request: that it was made, or why it was not. All labels are of fixed sets.
#[cfg(feature = "network")]
pub(crate) fn record_call(kind: &'static str, budget: &'static str, outcome: &'static str) {
    tracing::debug!(kind, budget, outcome, "a credential needs a call");
    #[cfg(feature = "metrics")]
    metrics::counter!("clerk_calls_total", "kind" => kind, "budget" => budget, "outcome" => outcome)
        .increment(1);
}

/// Records that Clerk wants no calls for so long. `now_ms` is the time of the wall clock.
#[cfg(feature = "network")]
pub(crate) fn record_closure(budget: &'static str, closed_for: Duration, now_ms: i64, requests: Option<u64>) {
    let seconds = closed_for.as_secs_f64();
    // Any stranger can send credentials that Clerk has to be asked about.
    if let Some(requests) = requests {
        tracing::warn!(
            requests,
            budget,
            seconds,
            "Clerk asks to wait before it is asked about further credentials"
        );
    }
    #[cfg(feature = "metrics")]
    metrics::gauge!("clerk_calls_closed_until_timestamp_seconds", "budget" => budget)
        .set(now_ms as f64 / 1000.0 + seconds);
    #[cfg(not(feature = "metrics"))]
    let _ = now_ms;
}

/// How a signature is known to match.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Signature {
    Verified,
    Cached,
}

#[cfg(feature = "metrics")]
impl Signature {
    fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "checked",
            Self::Cached => "remembered",
        }
    }
}
