use std::time::Duration;

/// When keys are fetched, and how long they are trusted.
///
/// The defaults suit production; change them in tests, or to match Clerk's JavaScript SDK to the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JwksPolicy {
    pub(crate) fresh_for: Duration,
    pub(crate) stale_for: Duration,
    pub(crate) cool_down: Duration,
    pub(crate) backoff: Duration,
}

impl Default for JwksPolicy {
    fn default() -> Self {
        Self {
            fresh_for: Duration::from_secs(300),
            stale_for: Duration::from_secs(3600),
            cool_down: Duration::from_secs(10),
            backoff: Duration::from_secs(1),
        }
    }
}

impl JwksPolicy {
    /// How long a fetched set answers without asking Clerk again. Default 300 s.
    #[must_use]
    pub fn fresh_for(mut self, duration: Duration) -> Self {
        self.fresh_for = duration;
        self
    }

    /// How old a set may get while Clerk cannot be reached. Default 1 h; zero makes a set end with its freshness.
    #[must_use]
    pub fn stale_for(mut self, duration: Duration) -> Self {
        self.stale_for = duration;
        self
    }

    /// The least time between two fetches for a `kid` that is not in the set. Default 10 s.
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
}
