use std::fmt;
use std::time::Duration;

use crate::client::{MAX_RETRIES, TIMEOUTS};

/// Settings for one call, in place of the [`Client`](crate::Client)'s.
///
/// ```
/// use std::time::Duration;
/// use clerk_client::CallOptions;
///
/// # #[cfg(feature = "users")]
/// # async fn example(client: clerk_client::Client) -> Result<(), clerk_client::Error> {
/// let hasty = CallOptions::new().timeout(Duration::from_millis(500)).retries(0);
/// let user = client.users().get_user("user_2aBcDeFgHiJkLmNoPqRsTuVwXyZ").with(hasty).await?;
/// # Ok(()) }
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) secret_key: Option<String>,
    pub(crate) machine_secret_key: Option<String>,
    pub(crate) versioned: Option<bool>,
    pub(crate) retries: Option<u32>,
}

impl CallOptions {
    /// The client's settings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the time that each attempt may take, the body of the answer included. A time below 1 ms or above 5 min counts as the
    /// nearer of the two.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout.clamp(*TIMEOUTS.start(), *TIMEOUTS.end()));
        self
    }

    /// The secret key of another instance.
    pub fn secret_key(mut self, key: impl Into<String>) -> Self {
        self.secret_key = Some(key.into());
        self
    }

    /// The secret key of another machine, `ak_…`. Only calls about machine-to-machine tokens use one.
    pub fn machine_secret_key(mut self, key: impl Into<String>) -> Self {
        self.machine_secret_key = Some(key.into());
        self
    }

    /// Whether the version of the API stands before the path. Clerk's own clients leave it out for API keys,
    /// machine-to-machine tokens and the verification of OAuth access tokens, and so does this one.
    pub fn versioned(mut self, is_versioned: bool) -> Self {
        self.versioned = Some(is_versioned);
        self
    }

    /// Sets the number of retries of a call that only reads, see [`ClientBuilder::retries`](crate::ClientBuilder::retries). A
    /// number above 10 counts as 10.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = Some(retries.min(MAX_RETRIES));
        self
    }

    /// These, and the others where these say nothing.
    pub(super) fn or(self, others: Self) -> Self {
        Self {
            timeout: self.timeout.or(others.timeout),
            secret_key: self.secret_key.or(others.secret_key),
            machine_secret_key: self.machine_secret_key.or(others.machine_secret_key),
            versioned: self.versioned.or(others.versioned),
            retries: self.retries.or(others.retries),
        }
    }
}

/// Shows no key.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("versioned", &self.versioned)
            .field("retries", &self.retries)
            .finish_non_exhaustive()
    }
}
