use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use crate::Endpoint;

/// How many requests an endpoint takes, by the clock of the instance.
#[derive(Debug, Default)]
pub(crate) struct RateLimits(HashMap<Endpoint, RateLimit>);

#[derive(Debug)]
struct RateLimit {
    requests: usize,
    /// In milliseconds.
    window: i64,
    /// When the requests came that count, the oldest first.
    taken: VecDeque<i64>,
}

impl RateLimits {
    pub(crate) fn set(&mut self, endpoint: Endpoint, requests: usize, window: Duration) {
        let limit = RateLimit {
            requests,
            window: i64::try_from(window.as_millis()).unwrap_or(i64::MAX),
            taken: VecDeque::new(),
        };
        self.0.insert(endpoint, limit);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Takes a request that arrived now, or says after how many seconds it may come again. Both the limit of the endpoint
    /// and that of all of them count.
    pub(crate) fn take(&mut self, endpoint: Endpoint, now: i64) -> Result<(), u64> {
        let names = if endpoint == Endpoint::Any {
            vec![endpoint]
        } else {
            vec![endpoint, Endpoint::Any]
        };
        let waits = names.iter().filter_map(|name| self.0.get_mut(name)?.wait(now));
        if let Some(longest) = waits.max() {
            return Err(longest);
        }
        for name in &names {
            if let Some(limit) = self.0.get_mut(name) {
                limit.taken.push_back(now);
            }
        }
        Ok(())
    }
}

impl RateLimit {
    /// How many seconds it takes until there is room for one more, if there is none now.
    fn wait(&mut self, now: i64) -> Option<u64> {
        let window = self.window;
        while self
            .taken
            .front()
            .is_some_and(|taken| now.saturating_sub(*taken) >= window)
        {
            self.taken.pop_front();
        }
        if self.taken.len() < self.requests {
            return None;
        }
        let free_at = self
            .taken
            .front()
            .map_or(now, |taken| *taken)
            .saturating_add(window);
        let millis = u64::try_from(free_at.saturating_sub(now)).unwrap_or(0);
        Some(millis.div_ceil(1000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_taken_as_long_as_there_is_room() {
        let mut limits = RateLimits::default();
        limits.set(Endpoint::Users, 2, Duration::from_secs(10));
        assert_eq!(limits.take(Endpoint::Users, 0), Ok(()));
        assert_eq!(limits.take(Endpoint::Users, 4_000), Ok(()));
        assert_eq!(limits.take(Endpoint::Users, 4_500), Err(6));
        assert_eq!(limits.take(Endpoint::Sessions, 4_500), Ok(()));
        assert_eq!(limits.take(Endpoint::Users, 10_000), Ok(()));
        assert_eq!(limits.take(Endpoint::Users, 10_000), Err(4));
        limits.clear();
        assert_eq!(limits.take(Endpoint::Users, 10_000), Ok(()));
    }

    #[test]
    fn the_limit_of_all_counts_as_well() {
        let mut limits = RateLimits::default();
        limits.set(Endpoint::Any, 1, Duration::from_secs(1));
        limits.set(Endpoint::Users, 0, Duration::from_secs(5));
        assert_eq!(limits.take(Endpoint::Users, 0), Err(5));
        assert_eq!(
            limits.take(Endpoint::Sessions, 0),
            Ok(()),
            "a refused request does not count"
        );
        assert_eq!(limits.take(Endpoint::Any, 0), Err(1));
    }
}
