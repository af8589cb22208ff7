//! The ranges of the numbers in a configuration. Outside of them a check would do nothing, or the memory would not suffice.

use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

use super::ConfigError;

/// The tolerated difference of two clocks, in milliseconds: five minutes, as for the time of a webhook.
const CLOCK_SKEW_IN_MS: RangeInclusive<i64> = -300_000..=300_000;
/// The memory of a cache, in bytes: 1 GiB.
const CACHE_BYTES: RangeInclusive<usize> = 0..=1 << 30;

/// Checks the tolerated difference of the clocks.
///
/// # Errors
/// [`ConfigError::OutOfRange`].
pub(crate) fn clock_skew_in_ms(skew: i64) -> Result<i64, ConfigError> {
    check(
        "clock_skew_in_ms",
        skew,
        &CLOCK_SKEW_IN_MS,
        "from -300000 to 300000 milliseconds, which are five minutes; Clerk's default is 5000",
    )
}

/// Checks the capacity of a cache.
///
/// # Errors
/// [`ConfigError::OutOfRange`].
pub(crate) fn cache_bytes(setting: &'static str, bytes: usize) -> Result<usize, ConfigError> {
    check(
        setting,
        bytes,
        &CACHE_BYTES,
        "at most 1073741824 bytes, which are 1 GiB",
    )
}

/// Checks one of the durations of the key set.
///
/// # Errors
/// [`ConfigError::OutOfRange`].
pub(super) fn at_most(
    setting: &'static str,
    duration: Duration,
    seconds: u64,
    range: &'static str,
) -> Result<(), ConfigError> {
    within(
        setting,
        duration,
        &(Duration::ZERO..=Duration::from_secs(seconds)),
        range,
    )
}

/// Checks one of the durations of the key set that is not to be too short either.
///
/// # Errors
/// [`ConfigError::OutOfRange`].
pub(super) fn within(
    setting: &'static str,
    duration: Duration,
    accepted: &RangeInclusive<Duration>,
    range: &'static str,
) -> Result<(), ConfigError> {
    if accepted.contains(&duration) {
        return Ok(());
    }
    Err(out_of_range(setting, format!("{duration:?}"), range))
}

/// Checks that a duration that is set is long enough.
///
/// # Errors
/// [`ConfigError::OutOfRange`].
pub(super) fn at_least(
    setting: &'static str,
    duration: Option<Duration>,
    seconds: u64,
    range: &'static str,
) -> Result<(), ConfigError> {
    match duration {
        Some(duration) if duration < Duration::from_secs(seconds) => {
            Err(out_of_range(setting, format!("{duration:?}"), range))
        }
        Some(_) | None => Ok(()),
    }
}

fn check<T: PartialOrd + fmt::Display>(
    setting: &'static str,
    value: T,
    accepted: &RangeInclusive<T>,
    range: &'static str,
) -> Result<T, ConfigError> {
    match accepted.contains(&value) {
        true => Ok(value),
        false => Err(out_of_range(setting, value.to_string(), range)),
    }
}

fn out_of_range(setting: &'static str, found: String, range: &'static str) -> ConfigError {
    ConfigError::OutOfRange {
        setting,
        found,
        range,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_accepted_up_to_the_ends_of_their_ranges() {
        for skew in [-300_000, 0, 300_000] {
            assert_eq!(clock_skew_in_ms(skew), Ok(skew));
        }
        for skew in [i64::MIN, -300_001, 300_001, i64::MAX] {
            assert!(clock_skew_in_ms(skew).is_err(), "{skew}");
        }
        assert_eq!(cache_bytes("verified_token_cache", 1 << 30), Ok(1 << 30));
        let error = cache_bytes("verified_token_cache", (1 << 30) + 1).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`verified_token_cache` is 1073741825: it has to be at most 1073741824 bytes, which are 1 GiB"
        );
        assert_eq!(
            at_most("stale_for", Duration::from_secs(60), 60, "a minute"),
            Ok(())
        );
        assert!(at_most("stale_for", Duration::from_millis(60_001), 60, "a minute").is_err());
        for enough in [None, Some(Duration::from_secs(1)), Some(Duration::MAX)] {
            assert_eq!(at_least("refresh_after", enough, 1, "a second"), Ok(()));
        }
        assert!(at_least("refresh_after", Some(Duration::from_millis(999)), 1, "a second").is_err());
    }
}
