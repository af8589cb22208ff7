use std::time::Duration;

use super::ConfigError;
use super::ranges::{at_least, at_most, within};

/// The refresh and retention times of the key set.
///
/// The defaults suit production. Change them in tests, or to match Clerk's JavaScript SDK exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JwksPolicy {
    pub(crate) fresh_for: Duration,
    refresh_after: Option<Duration>,
    pub(crate) stale_for: Duration,
    pub(crate) cool_down: Duration,
    pub(crate) backoff: Duration,
    pub(crate) wait_for_keys: Duration,
}

impl Default for JwksPolicy {
    fn default() -> Self {
        Self {
            fresh_for: Duration::from_secs(300),
            refresh_after: None,
            stale_for: Duration::from_secs(3600),
            cool_down: Duration::from_secs(10),
            backoff: Duration::from_secs(1),
            wait_for_keys: Duration::from_secs(2),
        }
    }
}

impl JwksPolicy {
    /// Sets how long a key set is used before requests wait for the next one. Default 300 s; at most 1 h.
    #[must_use]
    pub fn fresh_for(mut self, duration: Duration) -> Self {
        self.fresh_for = duration;
        self
    }

    /// Sets the age at which the next set is fetched in the background, while requests use the present one. Jittered by up
    /// to a tenth, so that several processes do not fetch at the same time. Default four fifths of
    /// [`fresh_for`](Self::fresh_for), 240 s, at least 1 s; [`Duration::MAX`] disables it.
    #[must_use]
    pub fn refresh_after(mut self, duration: Duration) -> Self {
        self.refresh_after = Some(duration);
        self
    }

    /// Sets the maximum age of a set while Clerk cannot be reached. Default 1 h, at most 24 h; with zero a set expires when it is no
    /// longer fresh.
    #[must_use]
    pub fn stale_for(mut self, duration: Duration) -> Self {
        self.stale_for = duration;
        self
    }

    /// Sets the minimum time between two fetches for a `kid` that is not in the set, and after a failed fetch while there are
    /// usable keys. Default 10 s; at most 5 min. With zero, as with Clerk's SDK, strangers can cause a fetch with each request.
    #[must_use]
    pub fn cool_down(mut self, duration: Duration) -> Self {
        self.cool_down = duration;
        self
    }

    /// Sets the maximum wait after a first failed fetch. Doubles with each further failure, up to 30 s. Default 1 s; at most 30 s. Zero is for tests: each request then fetches while Clerk cannot be reached.
    #[must_use]
    pub fn backoff(mut self, duration: Duration) -> Self {
        self.backoff = duration;
        self
    }

    /// Sets how long a request waits for keys that are being fetched: the first request of a handle, one with a new `kid`, and one
    /// after idle time. It is then answered 503, or by a key that is no older than [`stale_for`](Self::stale_for). Default 2 s;
    /// from 100 ms to 1 min. A fetch may take as long, and 5 s at least. Longer suits tests on slow machines.
    #[must_use]
    pub fn wait_for_keys(mut self, duration: Duration) -> Self {
        self.wait_for_keys = duration;
        self
    }

    /// Checks that removed keys do not stay in use, and that new ones are found.
    ///
    /// # Errors
    /// [`ConfigError::OutOfRange`] for the first duration that is too long.
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        at_most("JwksPolicy::fresh_for", self.fresh_for, 3600, "at most 1 h")?;
        at_most("JwksPolicy::stale_for", self.stale_for, 24 * 3600, "at most 24 h")?;
        at_most("JwksPolicy::cool_down", self.cool_down, 300, "at most 5 min")?;
        at_most("JwksPolicy::backoff", self.backoff, 30, "at most 30 s")?;
        let wait = Duration::from_millis(100)..=Duration::from_secs(60);
        within(
            "JwksPolicy::wait_for_keys",
            self.wait_for_keys,
            &wait,
            "from 100 ms to 1 min",
        )?;
        at_least("JwksPolicy::refresh_after", self.refresh_after, 1, "at least 1 s")
    }

    /// Returns the maximum duration of one fetch, retries included. A request that waits does so in vain if the fetch gives up
    /// before it.
    #[cfg_attr(not(feature = "network"), allow(dead_code))]
    pub(crate) fn fetch_deadline(&self) -> Duration {
        self.wait_for_keys.max(MIN_FETCH_DEADLINE)
    }

    /// Returns the age at which a set is due for a refresh. `jitter` is between 0 and 1.
    #[cfg_attr(not(feature = "network"), allow(dead_code))]
    pub(crate) fn due_after(&self, jitter: f64) -> Duration {
        let middle = self.refresh_after.unwrap_or(self.fresh_for / 5 * 4);
        let seconds = middle.as_secs_f64() * (0.9 + 0.2 * jitter.clamp(0.0, 1.0));
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    }
}

/// The fetch deadline of the defaults.
#[cfg_attr(not(feature = "network"), allow(dead_code))]
const MIN_FETCH_DEADLINE: Duration = Duration::from_secs(5);
