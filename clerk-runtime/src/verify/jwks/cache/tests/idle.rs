//! Waits of requests whose key is stale: after idle time, and during an outage.

use super::*;

#[test]
fn a_stuck_fetch_delays_stale_keys_for_two_seconds_in_total() {
    let mut cache = cache_with(&["a"]);
    let fetch = fetch_at(&mut cache, 300, "a");
    assert!(cache.get_if_ready(at(300), "a", |_| ()).is_none());
    let (text, _) = lookup_at(&mut cache, Duration::from_millis(301_750), "a");
    assert_eq!(text, "wait 0.25");
    assert_eq!(label(&cache.answer(at(302), "a")), "key", "nothing came in time");
    assert_eq!(
        answer_at(&mut cache, 302, "a"),
        "key",
        "and no request waits any more"
    );
    assert!(cache.get_if_ready(at(302), "a", |_| ()).is_some());
    assert_eq!(
        answer_at(&mut cache, 302, "x"),
        "wait 2",
        "except for an unknown kid"
    );
    cache.fail(&fetch, at(305), &FAILED, 1.0);
    assert_eq!(answer_at(&mut cache, 305, "a"), "key");
    assert_eq!(answer_at(&mut cache, 314, "a"), "key");
    let (text, fetch) = lookup(&mut cache, 315, "a");
    assert_eq!(text, "key", "the next fetch does not delay requests either");
    assert!(fetch.is_some());
}

#[test]
fn after_an_old_failure_a_stale_key_waits_again() {
    let mut cache = cache_with(&["withdrawn"]);
    let fetch = fetch_at(&mut cache, 240, "withdrawn");
    cache.fail(&fetch, at(240), &FAILED, 1.0);
    // Five minutes without a request. Clerk may have recovered since.
    let (text, fetch) = lookup(&mut cache, 540, "withdrawn");
    assert_eq!(text, "wait 2");
    cache.complete(&fetch.unwrap(), at(540), set(&["a"]), 0.5);
    assert_eq!(waited(&mut cache, at(540), "withdrawn"), "unknown");
}

#[test]
fn an_idle_handle_waits_for_a_fetch_and_refuses_a_withdrawn_key() {
    let mut cache = cache_with(&["withdrawn", "kept"]);
    assert!(cache.get_if_ready(at(3000), "withdrawn", |_| ()).is_none());
    let (text, fetch) = lookup(&mut cache, 3000, "withdrawn");
    assert_eq!(text, "wait 2");
    for _ in 0..20 {
        let later = Duration::from_millis(3_000_100);
        assert_eq!(
            lookup_at(&mut cache, later, "kept"),
            ("wait 1.9".to_owned(), None)
        );
        assert!(cache.get_if_ready(later, "withdrawn", |_| ()).is_none());
    }
    let answered = Duration::from_millis(3_001_500);
    cache.complete(&fetch.unwrap(), answered, set(&["kept"]), 0.5);
    assert_eq!(waited(&mut cache, answered, "withdrawn"), "unknown");
    assert_eq!(waited(&mut cache, answered, "kept"), "key");
    assert_eq!(lookup_at(&mut cache, answered, "withdrawn").0, "unknown");
}

/// The requests of one outage wait as long as one of them may, all together: once a fetch used that up, none waits again,
/// however long the handle is idle.
#[test]
fn an_outage_is_waited_for_once() {
    let mut cache = cache_with(&["a"]);
    let fetch = fetch_at(&mut cache, 400, "a");
    cache.fail(&fetch, at(405), &FetchFailure::INCOMPLETE, 1.0);
    for second in [406, 800, 1500, 2200, 3599] {
        let (text, fetch) = lookup(&mut cache, second, "a");
        assert_eq!(text, "key", "{second} s");
        if let Some(fetch) = fetch {
            cache.fail(&fetch, at(second + 5), &FetchFailure::INCOMPLETE, 1.0);
        }
    }
    // After a success the next outage is another one.
    let fetch = fetch_at(&mut cache, 3700, "a");
    cache.complete(&fetch, at(3700), set(&["a"]), 0.5);
    assert_eq!(lookup(&mut cache.clone(), 4100, "a").0, "wait 2");
    let fetch = fetch_at(&mut cache, 3950, "a");
    cache.fail(&fetch, at(3950), &FAILED, 1.0);
    assert_eq!(lookup(&mut cache, 4400, "a").0, "wait 2");
}

#[test]
fn a_hang_that_no_request_waited_for_and_a_quick_failure_use_up_no_wait() {
    for failed_at in [240, 245] {
        let mut cache = cache_with(&["withdrawn"]);
        let fetch = fetch_at(&mut cache, 240, "withdrawn");
        cache.fail(&fetch, at(failed_at), &FAILED, 1.0);
        assert_eq!(lookup(&mut cache, 3000, "withdrawn").0, "wait 2");
    }
    let mut cache = cache_with(&["withdrawn"]);
    let fetch = fetch_at(&mut cache, 400, "withdrawn");
    cache.fail(&fetch, at(401), &FAILED, 1.0);
    assert_eq!(lookup(&mut cache, 500, "withdrawn").0, "key");
    assert_eq!(lookup(&mut cache, 3000, "withdrawn").0, "wait 2");
}

/// `Retry-After` may be as long as a set is fresh. The fetch after it is no reason to wait, since the handle was not idle.
#[test]
fn after_a_long_retry_after_stale_keys_do_not_wait() {
    let mut cache = cache_with(&["a"]);
    let fetch = fetch_at(&mut cache, 400, "a");
    let failure = FetchFailure {
        retry_after: Some(at(300)),
        ..FAILED
    };
    cache.fail(&fetch, at(400), &failure, 0.0);
    for second in [401, 699] {
        assert_eq!(answer_at(&mut cache, second, "a"), "key", "{second} s");
    }
    let (text, fetch) = lookup(&mut cache, 700, "a");
    assert_eq!((text.as_str(), fetch.is_some()), ("key", true));
}
