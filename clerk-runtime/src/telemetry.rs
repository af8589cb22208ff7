//! What happens, for whoever watches: events for `tracing` and, with the feature `metrics`, counters. Never a token.
//!
//! | metric | kind | labels |
//! | --- | --- | --- |
//! | `clerk_tokens_verified_total` | counter | `signature`: `checked`, `remembered` |
//! | `clerk_jwks_fetches_total` | counter | `cause`: `start`, `age`, `unknown-kid`; `outcome`: `loaded`, `outdated`, `refused`, `failed` |
//! | `clerk_jwks_loaded_timestamp_seconds` | gauge | none |
//! | `clerk_requests_rejected_total` | counter | `reason`: Clerk's, without the details of a refresh |

use crate::auth::AuthReason;
use crate::token::{TokenCarrier, TokenType};

/// What is told of the outcome of a request.
pub(crate) struct Outcome<'a> {
    pub(crate) status: &'static str,
    pub(crate) reason: Option<&'a AuthReason>,
    pub(crate) carrier: Option<TokenCarrier>,
    pub(crate) token_type: Option<TokenType>,
}

/// Records the outcome of a request. It is put together only if a subscriber or a recorder takes it.
#[inline]
pub(crate) fn record_outcome<'a>(outcome: impl Fn() -> Outcome<'a>) {
    tracing::debug!(
        status = outcome().status,
        reason = outcome().reason.map(AuthReason::as_str).as_deref(),
        carrier = outcome().carrier.map(TokenCarrier::as_str),
        token_type = outcome().token_type.map(TokenType::as_str),
        "request authenticated"
    );
    #[cfg(feature = "metrics")]
    if let Some(reason) = outcome().reason {
        metrics::counter!("clerk_requests_rejected_total", "reason" => reason.group()).increment(1);
    }
}

/// Records that a session token was verified, by its signature or from the cache.
pub(crate) fn record_verification(signature: Signature) {
    #[cfg(feature = "metrics")]
    metrics::counter!("clerk_tokens_verified_total", "signature" => signature.as_str()).increment(1);
    #[cfg(not(feature = "metrics"))]
    let _ = signature;
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
