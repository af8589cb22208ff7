//! When a call is sent once more: only where that cannot do anything twice.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use http::{Method, StatusCode};

use super::draft::Draft;
use super::send::attempt;
use crate::Error;
use crate::transport::{BoxFuture, Response, TransportError};

impl Draft {
    /// Sends the call, as often as it may be.
    pub(super) fn send(self) -> BoxFuture<'static, Result<Response, Error>> {
        Box::pin(send(self))
    }
}

async fn send(draft: Draft) -> Result<Response, Error> {
    let retries = draft.options.retries.unwrap_or(draft.client.retries());
    let mut tried = 0;
    loop {
        let error = match attempt(&draft).await {
            Ok(response) => return Ok(response),
            Err(error) => error,
        };
        let pause = (tried < retries)
            .then(|| pause_before_retry(&draft.method, &error, tried, random_fraction()))
            .flatten();
        let Some(pause) = pause.and_then(|pause| draft.client.transport().pause(pause)) else {
            return Err(error);
        };
        pause.await;
        tried += 1;
    }
}

/// How long to wait before the call is sent again, if it may be.
fn pause_before_retry(method: &Method, error: &Error, tried: u32, jitter: f64) -> Option<Duration> {
    if method != Method::GET || !may_pass(error) {
        return None;
    }
    let doubled = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(tried));
    let own = doubled.mul_f64(1.0 + jitter).min(MAX_PAUSE);
    match error.retry_after() {
        // Who is asked to wait for longer is better told than kept waiting.
        Some(asked) => (asked <= MAX_PAUSE).then_some(asked.max(own)),
        None => Some(own),
    }
}

fn may_pass(error: &Error) -> bool {
    match error {
        Error::Transport(TransportError::Connect(_)) => true,
        Error::Transport(TransportError::Unreachable { cause, .. }) => cause.may_pass(),
        Error::Api { status, .. } => matches!(
            *status,
            StatusCode::TOO_MANY_REQUESTS
                | StatusCode::BAD_GATEWAY
                | StatusCode::SERVICE_UNAVAILABLE
                | StatusCode::GATEWAY_TIMEOUT
        ),
        _ => false,
    }
}

/// From zero to one, so that many that failed at once do not come back at once.
fn random_fraction() -> f64 {
    (RandomState::new().hash_one(()) >> 11) as f64 / (1_u64 << 53) as f64
}

const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// The longest that a call waits by itself.
const MAX_PAUSE: Duration = Duration::from_secs(5);
