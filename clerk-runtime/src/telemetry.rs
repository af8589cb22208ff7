//! What happens, for whoever watches: events for `tracing` and, with the feature `metrics`, counters. Never a token.
//!
//! | metric | kind | labels |
//! | --- | --- | --- |
//! | `clerk_tokens_verified_total` | counter | `signature`: `checked`, `remembered` |
//! | `clerk_jwks_fetches_total` | counter | `cause`: `start`, `age`, `unknown-kid`; `outcome`: `loaded`, `outdated`, `refused`, `failed` |
//! | `clerk_jwks_loaded_timestamp_seconds` | gauge | none |
//! | `clerk_requests_rejected_total` | counter | `reason`: Clerk's, without the details of a refresh |

use crate::auth::AuthReason;
use crate::authenticate::RequestState;
use crate::token::{TokenCarrier, TokenType};

/// A request was judged.
pub(crate) fn record_outcome(state: &RequestState) {
    tracing::debug!(
        status = state.status().as_str(),
        reason = state.reason().map(AuthReason::as_str).as_deref(),
        carrier = state.token_carrier().map(TokenCarrier::as_str),
        token_type = state.token_type().map(TokenType::as_str),
        "request authenticated"
    );
    #[cfg(feature = "metrics")]
    if let Some(reason) = state.reason() {
        metrics::counter!("clerk_requests_rejected_total", "reason" => reason.group()).increment(1);
    }
}

/// A session token is good: its signature was checked, or was so before.
pub(crate) fn record_verification(signature: Signature) {
    #[cfg(feature = "metrics")]
    metrics::counter!("clerk_tokens_verified_total", "signature" => signature.as_str()).increment(1);
    #[cfg(not(feature = "metrics"))]
    let _ = signature;
}

/// How a signature is known to be good.
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
