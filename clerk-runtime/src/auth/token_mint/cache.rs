//! The cache of issued tokens.

use std::mem::size_of;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use serde::Deserialize;

use crate::clock::Clock;

/// The default capacity of the token cache, in bytes.
pub(crate) const DEFAULT_CAPACITY: usize = 8 << 20;

/// The remaining lifetime at which the cache drops a token: the caller still has to send it to a service whose clock may be
/// slightly ahead.
const EXPIRY_MARGIN: Duration = Duration::from_secs(10);

/// The key of a token in the cache.
///
/// Clerk makes a token from the template, the user and the session in their current state, which includes the active
/// organization. Only the session token identifies that state here, so a token is only given to a caller with the same
/// session token that it was issued for: after a change the browser has a new session token, and a session that switches to
/// another organization and back has another session token than before.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct TokenKey {
    pub(crate) session_token: Arc<str>,
    pub(crate) session_id: Box<str>,
    pub(crate) template: Option<Box<str>>,
    pub(crate) expires_in: Option<u64>,
}

/// Caches issued tokens. Bounded in bytes, and therefore in number.
pub(super) struct TokenCache(Cache<TokenKey, CachedToken, BytesWeighter>);

#[derive(Clone)]
struct CachedToken {
    token: Arc<str>,
    /// The number of the request that returned the token.
    number: u64,
    /// The end of its use by the wall clock, which its expiry refers to.
    until_unix_millis: i64,
    /// The end of its use by the monotonic clock, so that setting the wall clock back does not extend it.
    until: Duration,
}

impl TokenCache {
    pub(super) fn new(capacity: usize) -> Self {
        /// The approximate size of a session token, a token issued for it, and their overhead.
        const TYPICAL_ENTRY_BYTES: usize = 3 << 10;
        Self(Cache::with_weighter(
            capacity / TYPICAL_ENTRY_BYTES + 1,
            capacity as u64,
            BytesWeighter,
        ))
    }

    /// Returns the token unless it is about to expire.
    pub(super) fn get(&self, key: &TokenKey, clock: &dyn Clock) -> Option<Arc<str>> {
        let cached = self.0.get(key)?;
        if clock.unix_millis() < cached.until_unix_millis && clock.monotonic() < cached.until {
            return Some(cached.token);
        }
        self.0.remove(key);
        None
    }

    /// Replaces the token of an earlier request. Does not cache a token without an expiry or with one that is too near.
    pub(super) fn insert(&self, key: &TokenKey, number: u64, token: &Arc<str>, clock: &dyn Clock) {
        if self.0.peek(key).is_some_and(|cached| cached.number > number) {
            return;
        }
        self.0.remove(key);
        let margin = i64::try_from(EXPIRY_MARGIN.as_millis()).unwrap_or(i64::MAX);
        let Some(expiry) = unverified_expiry(token) else {
            return;
        };
        let until_unix_millis = expiry.saturating_sub(margin);
        let left = until_unix_millis.saturating_sub(clock.unix_millis());
        let Some(left) = u64::try_from(left).ok().filter(|left| *left > 0) else {
            return;
        };
        let cached = CachedToken {
            token: Arc::clone(token),
            number,
            until_unix_millis,
            until: clock.monotonic().saturating_add(Duration::from_millis(left)),
        };
        self.0.insert(key.clone(), cached);
    }
}

#[derive(Clone)]
struct BytesWeighter;

impl Weighter<TokenKey, CachedToken> for BytesWeighter {
    fn weight(&self, key: &TokenKey, cached: &CachedToken) -> u64 {
        let fixed = size_of::<TokenKey>() + size_of::<CachedToken>();
        let template = key.template.as_deref().map_or(0, str::len);
        (fixed + key.session_token.len() + key.session_id.len() + template + cached.token.len()) as u64
    }
}

/// Returns the expiry in a token from Clerk, Unix milliseconds, without verifying the token. Only decides how long the
/// token is cached.
fn unverified_expiry(token: &str) -> Option<i64> {
    #[derive(Deserialize)]
    struct Claims {
        exp: f64,
    }
    let payload = LENIENT.decode(token.split('.').nth(1)?).ok()?;
    let claims: Claims = serde_json::from_slice(&payload).ok()?;
    let is_time = (0.0..MAX_SECONDS).contains(&claims.exp);
    is_time.then_some((claims.exp * 1000.0) as i64)
}

/// The maximum time value of a date, in seconds (ECMA-262 §21.4.1.1).
const MAX_SECONDS: f64 = 8.64e12;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use base64::prelude::{BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD};

    use super::*;

    #[derive(Debug, Default)]
    struct TestClock(Mutex<(i64, u64)>);

    impl TestClock {
        /// Sets the wall clock and the monotonic clock, in seconds.
        fn set(&self, wall: i64, monotonic: u64) {
            *self.0.lock().unwrap() = (wall, monotonic);
        }
    }

    impl Clock for TestClock {
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
    fn a_token_is_cached_until_ten_seconds_before_its_expiry() {
        let (cache, clock) = (TokenCache::new(1 << 20), TestClock::default());
        let token = expiring(1060, "");
        for (wall, monotonic, is_cached) in [
            (1000, 0, true),
            (1049, 49, true),
            (1050, 50, false),
            // Setting a clock back or forward does not extend the use of a token.
            (900, 50, false),
            (900, 49, true),
            (1050, 1, false),
        ] {
            clock.set(1000, 0);
            cache.insert(&key("a"), 1, &token, &clock);
            clock.set(wall, monotonic);
            assert_eq!(
                cache.get(&key("a"), &clock).is_some(),
                is_cached,
                "{wall} {monotonic}"
            );
            assert_eq!(cache.get(&key("b"), &clock), None);
        }
    }

    #[test]
    fn tokens_without_expiry_or_about_to_expire_are_not_cached() {
        let (cache, clock) = (TokenCache::new(1 << 20), TestClock::default());
        clock.set(1000, 0);
        for token in [
            expiring(1010, ""),
            expiring(1, ""),
            "opaque".into(),
            "e30.e30.c2ln".into(),
        ] {
            cache.insert(&key("a"), 1, &expiring(1060, ""), &clock);
            cache.insert(&key("a"), 2, &token, &clock);
            assert_eq!(cache.get(&key("a"), &clock), None, "{token}");
        }
    }

    #[test]
    fn an_earlier_request_does_not_replace_a_later_one() {
        let (cache, clock) = (TokenCache::new(1 << 20), TestClock::default());
        clock.set(1000, 0);
        let (early, late) = (expiring(1060, "early"), expiring(1060, "late"));
        cache.insert(&key("a"), 2, &late, &clock);
        cache.insert(&key("a"), 1, &early, &clock);
        assert_eq!(cache.get(&key("a"), &clock), Some(late));
        cache.insert(&key("a"), 3, &early, &clock);
        assert_eq!(cache.get(&key("a"), &clock), Some(early));
    }

    #[test]
    fn memory_is_bounded() {
        let (cache, clock) = (TokenCache::new(64 << 10), TestClock::default());
        clock.set(1000, 0);
        let token = expiring(1060, &"x".repeat(1000));
        for number in 0..10_000 {
            cache.insert(&key(&format!("{number:01000}")), number, &token, &clock);
        }
        assert!(cache.0.weight() <= 64 << 10);
        assert!((1..=32).contains(&cache.0.len()), "{}", cache.0.len());
        // A token that is larger than the whole cache is not cached.
        cache.insert(&key("a"), 1, &expiring(1060, &"x".repeat(65 << 10)), &clock);
        assert_eq!(cache.get(&key("a"), &clock), None);
    }

    #[test]
    fn exp_is_parsed_leniently() {
        for (payload, expected) in [
            (r#"{"exp":1767225600}"#, Some(1_767_225_600_000)),
            (
                r#"{"exp":1767225600.5,"sub":7,"exp2":null}"#,
                Some(1_767_225_600_500),
            ),
            (r#"{"exp":0}"#, Some(0)),
            (r#"{"exp":-1}"#, None),
            (r#"{"exp":1e300}"#, None),
            (r#"{"exp":"1767225600"}"#, None),
            (r#"{"exp":null}"#, None),
            ("{}", None),
            ("[]", None),
            ("", None),
        ] {
            let token = format!("e30.{}.c2ln", BASE64_URL_SAFE_NO_PAD.encode(payload));
            assert_eq!(unverified_expiry(&token), expected, "{payload}");
            let padded = format!("e30.{}", BASE64_URL_SAFE.encode(payload));
            assert_eq!(unverified_expiry(&padded), expected, "{payload}");
        }
        for token in ["", "a", "..", "a.*.b", "a.\u{e9}.b"] {
            assert_eq!(unverified_expiry(token), None, "{token}");
        }
    }
}
