use std::mem::size_of;
use std::sync::Arc;
use std::time::Duration;

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::TokenKey;
use super::expiry::unverified_expiry;
use crate::clock::Clock;

/// How long before its expiry a token is no longer given out: whoever gets it has to send it somewhere, to a clock that may
/// be a little ahead.
const MARGIN: Duration = Duration::from_secs(10);

/// Tokens by what they were made for, bounded in bytes, hence in number.
pub(super) struct KeptTokens(Cache<TokenKey, Kept, ByBytes>);

#[derive(Clone)]
struct Kept {
    token: Arc<str>,
    /// The flight that brought it.
    number: u64,
    /// Until when it is given out, by the wall clock, which the expiry is meant by.
    until_unix_millis: i64,
    /// The same by the monotonic clock, so that a wall clock that is set back does not prolong it.
    until: Duration,
}

impl KeptTokens {
    pub(super) fn new(capacity: usize) -> Self {
        /// What a session token, another one made from it and the rest take, more or less.
        const USUAL: usize = 3 << 10;
        Self(Cache::with_weighter(
            capacity / USUAL + 1,
            capacity as u64,
            ByBytes,
        ))
    }

    pub(super) fn get(&self, key: &TokenKey, clock: &dyn Clock) -> Option<Arc<str>> {
        let kept = self.0.get(key)?;
        if clock.unix_millis() < kept.until_unix_millis && clock.monotonic() < kept.until {
            return Some(kept.token);
        }
        self.0.remove(key);
        None
    }

    /// Keeps the token that a flight brought in place of that of an earlier flight. One that does not say when it expires,
    /// or will do so in a moment, is not kept.
    pub(super) fn insert(&self, key: &TokenKey, number: u64, token: &Arc<str>, clock: &dyn Clock) {
        if self.0.peek(key).is_some_and(|kept| kept.number > number) {
            return;
        }
        self.0.remove(key);
        let margin = i64::try_from(MARGIN.as_millis()).unwrap_or(i64::MAX);
        let Some(expiry) = unverified_expiry(token) else {
            return;
        };
        let until_unix_millis = expiry.saturating_sub(margin);
        let left = until_unix_millis.saturating_sub(clock.unix_millis());
        let Some(left) = u64::try_from(left).ok().filter(|left| *left > 0) else {
            return;
        };
        let kept = Kept {
            token: Arc::clone(token),
            number,
            until_unix_millis,
            until: clock.monotonic().saturating_add(Duration::from_millis(left)),
        };
        self.0.insert(key.clone(), kept);
    }
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<TokenKey, Kept> for ByBytes {
    fn weight(&self, key: &TokenKey, kept: &Kept) -> u64 {
        let fixed = size_of::<TokenKey>() + size_of::<Kept>();
        let template = key.template.as_deref().map_or(0, str::len);
        (fixed + key.session_token.len() + key.session_id.len() + template + kept.token.len()) as u64
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use base64::Engine;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;

    use super::*;

    #[derive(Debug, Default)]
    struct At(Mutex<(i64, u64)>);

    impl At {
        /// Wall clock and monotonic time, in seconds.
        fn set(&self, wall: i64, monotonic: u64) {
            *self.0.lock().unwrap() = (wall, monotonic);
        }
    }

    impl Clock for At {
        fn unix_millis(&self) -> i64 {
            self.0.lock().unwrap().0 * 1000
        }

        fn monotonic(&self) -> Duration {
            Duration::from_secs(self.0.lock().unwrap().1)
        }
    }

    fn key(session_token: &str) -> TokenKey {
        TokenKey {
            session_token: session_token.into(),
            session_id: "sess_1".into(),
            template: Some("supabase".into()),
            expires_in: None,
        }
    }

    fn expiring(at: i64, more: &str) -> Arc<str> {
        let payload = BASE64_URL_SAFE_NO_PAD.encode(format!(r#"{{"exp":{at},"more":"{more}"}}"#));
        format!("e30.{payload}.c2ln").into()
    }

    #[test]
    fn a_token_is_given_out_until_ten_seconds_before_its_expiry() {
        let (kept, clock) = (KeptTokens::new(1 << 20), At::default());
        let token = expiring(1060, "");
        for (wall, monotonic, is_there) in [
            (1000, 0, true),
            (1049, 49, true),
            (1050, 50, false),
            // A clock that is set back or forward makes nothing last longer.
            (900, 50, false),
            (900, 49, true),
            (1050, 1, false),
        ] {
            clock.set(1000, 0);
            kept.insert(&key("a"), 1, &token, &clock);
            clock.set(wall, monotonic);
            assert_eq!(
                kept.get(&key("a"), &clock).is_some(),
                is_there,
                "{wall} {monotonic}"
            );
            assert_eq!(kept.get(&key("b"), &clock), None);
        }
    }

    #[test]
    fn what_will_not_last_or_does_not_say_is_not_kept() {
        let (kept, clock) = (KeptTokens::new(1 << 20), At::default());
        clock.set(1000, 0);
        for token in [
            expiring(1010, ""),
            expiring(1, ""),
            "opaque".into(),
            "e30.e30.c2ln".into(),
        ] {
            kept.insert(&key("a"), 1, &expiring(1060, ""), &clock);
            kept.insert(&key("a"), 2, &token, &clock);
            assert_eq!(kept.get(&key("a"), &clock), None, "{token}");
        }
    }

    #[test]
    fn an_earlier_flight_does_not_replace_a_later_one() {
        let (kept, clock) = (KeptTokens::new(1 << 20), At::default());
        clock.set(1000, 0);
        let (early, late) = (expiring(1060, "early"), expiring(1060, "late"));
        kept.insert(&key("a"), 2, &late, &clock);
        kept.insert(&key("a"), 1, &early, &clock);
        assert_eq!(kept.get(&key("a"), &clock), Some(late));
        kept.insert(&key("a"), 3, &early, &clock);
        assert_eq!(kept.get(&key("a"), &clock), Some(early));
    }

    #[test]
    fn memory_is_bounded() {
        let (kept, clock) = (KeptTokens::new(64 << 10), At::default());
        clock.set(1000, 0);
        let token = expiring(1060, &"x".repeat(1000));
        for number in 0..10_000 {
            kept.insert(&key(&format!("{number:01000}")), number, &token, &clock);
        }
        assert!(kept.0.weight() <= 64 << 10);
        assert!((1..=32).contains(&kept.0.len()), "{}", kept.0.len());
        // What is longer than all there is room for, is not kept.
        kept.insert(&key("a"), 1, &expiring(1060, &"x".repeat(65 << 10)), &clock);
        assert_eq!(kept.get(&key("a"), &clock), None);
    }
}
