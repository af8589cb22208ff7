//! How calls of the Backend API fail while a request waits for them.

use std::time::Duration;

use clerk_client::Error;
use http::StatusCode;

/// How long clients should wait when Clerk does not say.
const RETRY_AFTER: Duration = Duration::from_secs(5);
/// The longest that clients are asked to wait.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(300);

/// Calls once more if no answer came, or one that says that another may come. For calls that cannot do anything twice.
pub(super) async fn retried<T, F: Future<Output = Result<T, Error>>>(
    call: impl Fn() -> F,
) -> Result<T, Error> {
    match call().await {
        Err(error) if may_pass(&error) => call().await,
        outcome => outcome,
    }
}

fn may_pass(error: &Error) -> bool {
    error.is_transport() || error.status().is_some_and(|status| status.is_server_error())
}

/// How long to wait if Clerk could not tell, or `None` if it did tell.
pub(super) fn retry_after(error: &Error) -> Option<Duration> {
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
