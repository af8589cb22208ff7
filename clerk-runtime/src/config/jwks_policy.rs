use std::time::Duration;

/// When keys are fetched, and how long they are trusted.
///
/// The defaults suit production; change them in tests, or to match Clerk's JavaScript SDK to the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JwksPolicy {
    pub(crate) fresh_for: Duration,
    refresh_after: Option<Duration>,
    pub(crate) stale_for: Duration,
    pub(crate) cool_down: Duration,
    pub(crate) backoff: Duration,
}

impl Default for JwksPolicy {
    fn default() -> Self {
        Self {
            fresh_for: Duration::from_secs(300),
            refresh_after: None,
            stale_for: Duration::from_secs(3600),
            cool_down: Duration::from_secs(10),
            backoff: Duration::from_secs(1),
        }
    }
}

impl JwksPolicy {
    /// How long a fetched set answers before a request has to wait for the next one. Default 300 s.
    #[must_use]
    pub fn fresh_for(mut self, duration: Duration) -> Self {
        self.fresh_for = duration;
        self
    }

    /// When the next set is fetched ahead of time, while requests are answered with the one at hand; up to a tenth sooner
    /// or later, so that a fleet does not ask all at once. Default four fifths of [`fresh_for`](Self::fresh_for), 240 s;
    /// [`Duration::MAX`] is never.
    #[must_use]
    pub fn refresh_after(mut self, duration: Duration) -> Self {
        self.refresh_after = Some(duration);
        self
    }

    /// How old a set may get while Clerk cannot be reached. Default 1 h; zero makes a set end with its freshness.
    #[must_use]
    pub fn stale_for(mut self, duration: Duration) -> Self {
        self.stale_for = duration;
        self
    }

    /// The least time between two fetches for a `kid` that is not in the set, and after a failed fetch for as long as there
    /// are keys. Default 10 s.
    #[must_use]
    pub fn cool_down(mut self, duration: Duration) -> Self {
        self.cool_down = duration;
        self
    }

    /// The longest wait after a first failed fetch; doubles up to 30 s with each further one. Default 1 s.
    #[must_use]
    pub fn backoff(mut self, duration: Duration) -> Self {
        self.backoff = duration;
        self
    }

    /// When a set that is loaded now is due. `jitter` is between 0 and 1.
    #[cfg_attr(not(feature = "network"), allow(dead_code))]
    pub(crate) fn due_after(&self, jitter: f64) -> Duration {
        let middle = self.refresh_after.unwrap_or(self.fresh_for / 5 * 4);
        let seconds = middle.as_secs_f64() * (0.9 + 0.2 * jitter.clamp(0.0, 1.0));
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    }
}
