//! One fetch of the key set over the Backend API.

use std::time::Duration;

use clerk_client::{CallOptions, Client};

use super::failure::FetchFailure;
use super::jitter::random_fraction;
use super::key_set::KeySet;
use crate::token::TokenVerificationErrorReason as Reason;

/// Fetches the set. What is urgent is tried again at once if that may help.
pub(super) async fn download(client: &Client, is_urgent: bool) -> Result<KeySet, FetchFailure> {
    let pauses = if is_urgent { &RETRY_PAUSES[..] } else { &[] };
    let download = async {
        for pause in pauses {
            match attempt(client).await {
                Err(AttemptError::Transient(_)) => {
                    tokio::time::sleep(pause.mul_f64(1.0 + random_fraction())).await;
                }
                settled => return settled,
            }
        }
        attempt(client).await
    };
    match tokio::time::timeout(DEADLINE, download).await {
        Ok(result) => result.map_err(AttemptError::into_failure),
        Err(_) => Err(FetchFailure::LOST),
    }
}

/// Whether trying again at once may help.
enum AttemptError {
    Transient(FetchFailure),
    Settled(FetchFailure),
}

impl AttemptError {
    fn into_failure(self) -> FetchFailure {
        match self {
            Self::Transient(failure) | Self::Settled(failure) => failure,
        }
    }
}

async fn attempt(client: &Client) -> Result<KeySet, AttemptError> {
    // Whether and when to try again is decided here, for the key set as a whole.
    let once = CallOptions::new().retries(0);
    match client.jwks().get_jwks().with(once).await {
        Ok(jwks) if jwks.keys.is_empty() => Err(AttemptError::Settled(FetchFailure {
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
                AttemptError::Settled(failure)
            } else {
                AttemptError::Transient(failure)
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

/// The longest that one fetch may take, retries included.
const DEADLINE: Duration = Duration::from_secs(5);
/// Pauses before the retries of one fetch, each multiplied by a random factor from one to two.
const RETRY_PAUSES: [Duration; 4] = [
    Duration::from_millis(40),
    Duration::from_millis(80),
    Duration::from_millis(160),
    Duration::from_millis(320),
];
