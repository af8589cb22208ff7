use serde_json::json;

use super::*;

const FAILED: FetchFailure = FetchFailure {
    reason: Reason::JwkRemoteFailedToLoad,
    retry_after: None,
};

pub(super) fn set(kids: &[&str]) -> KeySet {
    let modulus = format!("w{}Q", "a".repeat(340));
    let keys: Vec<_> = kids
        .iter()
        .map(|kid| json!({"kty": "RSA", "kid": kid, "n": modulus, "e": "AQAB"}))
        .collect();
    KeySet::from_keys(&keys)
}

fn set_without_usable_key() -> KeySet {
    KeySet::from_keys(&[json!(null), json!({"kty": "EC", "kid": "a"})])
}

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn label(answer: &Answer) -> &'static str {
    match answer {
        Answer::Key(_) => "key",
        Answer::Unusable => "unusable",
        Answer::UnknownKid => "unknown",
        Answer::Unavailable { .. } => "unavailable",
    }
}

/// Returns a label for the instruction that a request gets, and the fetch that it starts.
fn lookup_at(cache: &mut Cache, now: Duration, kid: &str) -> (String, Option<Fetch>) {
    let instruction = cache.lookup(now, kid);
    let text = match &instruction.action {
        Action::Answer(answer) => label(answer).to_owned(),
        Action::Wait { at_most, .. } => format!("wait {}", at_most.as_secs_f64()),
    };
    (text, instruction.fetch)
}

fn lookup(cache: &mut Cache, seconds: u64, kid: &str) -> (String, Option<Fetch>) {
    lookup_at(cache, at(seconds), kid)
}

/// Returns the label for a request that starts no fetch.
#[track_caller]
fn answer_at(cache: &mut Cache, seconds: u64, kid: &str) -> String {
    let (text, fetch) = lookup(cache, seconds, kid);
    assert_eq!(fetch, None);
    text
}

/// Returns the fetch that a request starts.
#[track_caller]
fn fetch_at(cache: &mut Cache, seconds: u64, kid: &str) -> Fetch {
    lookup(cache, seconds, kid).1.expect("a fetch")
}

/// Creates a cache that loaded a set at second 0 and is due for the next at second 240.
fn cache_with(kids: &[&str]) -> Cache {
    let mut cache = Cache::new(JwksPolicy::default());
    let fetch = fetch_at(&mut cache, 0, "a");
    assert_eq!(
        cache.complete(&fetch, at(0), set(kids), 0.5),
        FetchOutcome::Loaded
    );
    cache
}

#[test]
fn a_set_answers_for_five_minutes_however_often_it_is_read() {
    let mut cache = cache_with(&["a"]);
    for seconds in [0, 100, 239] {
        assert_eq!(answer_at(&mut cache, seconds, "a"), "key", "{seconds} s");
    }
    for seconds in [240, 299] {
        assert_eq!(lookup(&mut cache, seconds, "a").0, "key", "{seconds} s");
    }
    assert_eq!(cache_with(&["a"]).freshness(at(299)), Freshness::Fresh);
    let (text, fetch) = lookup(&mut cache_with(&["a"]), 300, "a");
    assert_eq!(text, "wait 2");
    assert_eq!(fetch.unwrap().reason, FetchReason::Age);
}

#[test]
fn the_first_request_after_four_minutes_refreshes_and_does_not_wait() {
    let mut cache = cache_with(&["a", "b"]);
    let (key, fetch) = cache.get_if_ready(at(240), "a", RsaVerifyingKey::clone).unwrap();
    let fetch = fetch.unwrap();
    assert!(!fetch.is_urgent);
    for _ in 0..3 {
        assert_eq!(answer_at(&mut cache, 241, "b"), "key");
        assert!(cache.get_if_ready(at(241), "a", |_| ()).unwrap().1.is_none());
    }
    assert_eq!(
        cache.complete(&fetch, at(242), set(&["a"]), 0.5),
        FetchOutcome::Loaded
    );
    assert!(
        cache
            .get_if_ready(at(242), "a", |now| now.is_same(&key))
            .unwrap()
            .0
    );
    assert!(cache.get_if_ready(at(242), "b", |_| ()).is_none());
    // Its age counts from the moment that it was asked for.
    assert_eq!(answer_at(&mut cache, 479, "a"), "key");
    assert!(lookup(&mut cache, 480, "a").1.is_some());
}

#[test]
fn the_refresh_is_jittered_by_a_tenth() {
    for (jitter, due) in [(0.0, 216), (1.0, 264), (7.0, 264)] {
        let mut cache = Cache::new(JwksPolicy::default());
        let fetch = fetch_at(&mut cache, 0, "a");
        cache.complete(&fetch, at(0), set(&["a"]), jitter);
        assert_eq!(answer_at(&mut cache, due - 1, "a"), "key");
        assert_eq!(fetch_at(&mut cache, due, "a").reason, FetchReason::Age);
    }
}

#[test]
fn a_fetched_set_replaces_the_former_one() {
    let mut cache = cache_with(&["a", "b"]);
    let fetch = fetch_at(&mut cache, 300, "a");
    cache.complete(&fetch, at(300), set(&["b"]), 0.5);
    assert_eq!(label(&cache.after_wait(at(300), "a", true)), "unknown");
    assert_eq!(label(&cache.after_wait(at(300), "b", true)), "key");
}

#[test]
fn a_stuck_fetch_delays_stale_keys_for_two_seconds_in_total() {
    let mut cache = cache_with(&["a"]);
    let fetch = fetch_at(&mut cache, 300, "a");
    assert!(cache.get_if_ready(at(300), "a", |_| ()).is_none());
    let (text, _) = lookup_at(&mut cache, Duration::from_millis(301_750), "a");
    assert_eq!(text, "wait 0.25");
    assert_eq!(
        label(&cache.after_wait(at(302), "a", false)),
        "key",
        "nothing came in time"
    );
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
    assert_eq!(label(&cache.after_wait(at(540), "withdrawn", true)), "unknown");
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
    assert_eq!(label(&cache.after_wait(answered, "withdrawn", true)), "unknown");
    assert_eq!(label(&cache.after_wait(answered, "kept", true)), "key");
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

#[test]
fn an_unknown_kid_is_fetched_once_in_ten_seconds() {
    let mut cache = cache_with(&["a"]);
    let fetch = fetch_at(&mut cache, 1, "x");
    assert_eq!(fetch.reason, FetchReason::UnknownKid);
    assert_eq!(answer_at(&mut cache, 1, "y"), "wait 2");
    assert_eq!(answer_at(&mut cache, 1, "a"), "key", "others are not delayed");
    cache.complete(&fetch, at(2), set(&["a"]), 0.5);
    assert_eq!(label(&cache.after_wait(at(2), "x", true)), "unknown");
    for seconds in [2, 5, 10] {
        assert_eq!(answer_at(&mut cache, seconds, "y"), "unknown", "{seconds} s");
        assert_eq!(answer_at(&mut cache, seconds, "a"), "key");
    }
    // Ten seconds after the fetch started: a key that was added just after that has waited long enough.
    assert_eq!(fetch_at(&mut cache, 11, "y").reason, FetchReason::UnknownKid);
}

#[test]
fn the_cool_down_counts_from_the_start_of_the_fetch() {
    for taken in [0, 1, 4, 9] {
        let mut cache = cache_with(&["a"]);
        let fetch = fetch_at(&mut cache, 100, "x");
        cache.complete(&fetch, at(100 + taken), set(&["a"]), 0.5);
        assert_eq!(label(&cache.after_wait(at(100 + taken), "x", true)), "unknown");
        assert_eq!(answer_at(&mut cache, 109, "x"), "unknown", "after {taken} s");
        let next = fetch_at(&mut cache, 110, "x");
        cache.complete(&next, at(111), set(&["a", "x"]), 0.5);
        assert_eq!(label(&cache.after_wait(at(111), "x", true)), "key");
    }
}

#[test]
fn a_fetch_that_ends_between_two_questions_answers_the_second() {
    // The handle is cold, so the fetch is not for the unknown `kid`, and no request waits for its end.
    let mut cache = Cache::new(JwksPolicy::default());
    let fetch = fetch_at(&mut cache, 5, "x");
    assert_eq!(fetch.reason, FetchReason::NoKeys);
    assert_eq!(answer_at(&mut cache, 6, "a"), "wait 2");
    cache.complete(&fetch, at(7), set(&["a"]), 0.5);
    assert_eq!(answer_at(&mut cache, 7, "a"), "key");
    assert_eq!(answer_at(&mut cache, 14, "x"), "unknown");
    assert_eq!(fetch_at(&mut cache, 15, "x").reason, FetchReason::UnknownKid);
}

#[test]
fn a_fetch_that_brings_every_awaited_key_starts_no_cool_down() {
    let mut cache = Cache::new(JwksPolicy::default());
    let fetch = fetch_at(&mut cache, 0, "a");
    assert_eq!(answer_at(&mut cache, 0, "b"), "wait 2");
    cache.complete(&fetch, at(0), set(&["a", "b"]), 0.5);
    assert_eq!(fetch_at(&mut cache, 1, "new").reason, FetchReason::UnknownKid);
}

#[test]
fn the_awaited_kids_are_few() {
    let mut cache = Cache::new(JwksPolicy::default());
    let fetch = fetch_at(&mut cache, 0, "0");
    for request in 0..1000 {
        answer_at(&mut cache, 0, &format!("{}", request / 2));
    }
    assert_eq!(cache.awaited.len(), MAX_AWAITED);
    cache.complete(&fetch, at(0), set(&["a"]), 0.5);
    assert!(cache.awaited.is_empty());
    assert_eq!(answer_at(&mut cache, 0, "999"), "unknown");
}

#[test]
fn an_unknown_kid_that_joined_another_fetch_starts_the_cool_down() {
    let mut cache = cache_with(&["a"]);
    let fetch = fetch_at(&mut cache, 240, "a");
    assert_eq!(answer_at(&mut cache, 240, "x"), "wait 2");
    cache.complete(&fetch, at(241), set(&["a"]), 0.5);
    assert_eq!(label(&cache.after_wait(at(241), "x", true)), "unknown");
    assert_eq!(answer_at(&mut cache, 249, "x"), "unknown");
    assert_eq!(fetch_at(&mut cache, 250, "x").reason, FetchReason::UnknownKid);
}

#[test]
fn a_flood_of_unknown_kids_never_fetches_faster_than_the_cool_down() {
    for fails in [false, true] {
        let mut cache = cache_with(&["a"]);
        let mut fetches = 0;
        for second in 0..100 {
            for request in 0..100 {
                let kid = format!("{second}-{request}");
                if let (_, Some(fetch)) = lookup(&mut cache, second, &kid) {
                    fetches += 1;
                    if fails {
                        cache.fail(&fetch, at(second), &FAILED, 0.0);
                    } else {
                        cache.complete(&fetch, at(second), set(&["a"]), 0.5);
                    }
                }
            }
        }
        assert_eq!(fetches, 10);
    }
}

#[test]
fn during_an_outage_stale_keys_are_used_and_unknown_kids_are_unavailable() {
    let mut cache = cache_with(&["a"]);
    for second in 300..3600 {
        let (text, fetch) = lookup(&mut cache, second, "a");
        assert!(text == "key" || second == 300, "{second} s: {text}");
        if let Some(fetch) = fetch {
            cache.fail(&fetch, at(second), &FAILED, 1.0);
            assert_eq!(label(&cache.after_wait(at(second), "a", true)), "key");
            assert_eq!(label(&cache.after_wait(at(second), "x", true)), "unavailable");
        }
        assert_eq!(answer_at(&mut cache, second, "x"), "unavailable");
        assert_eq!(cache.freshness(at(second)), Freshness::Stale);
    }
    let (text, fetch) = lookup(&mut cache, 3630, "a");
    assert_eq!(text, "wait 2", "an hour has passed");
    cache.fail(&fetch.unwrap(), at(3631), &FAILED, 1.0);
    assert_eq!(label(&cache.after_wait(at(3631), "a", true)), "unavailable");
    assert_eq!(answer_at(&mut cache, 3632, "a"), "unavailable");
    assert_eq!(cache.freshness(at(3632)), Freshness::Expired);
}

#[test]
fn a_stale_set_is_used_for_exactly_one_hour() {
    let cache = cache_with(&["a"]);
    let hour = at(3600);
    let moment = Duration::from_nanos(1);
    assert_eq!(cache.freshness(hour - moment), Freshness::Stale);
    assert_eq!(cache.freshness(hour), Freshness::Expired);
}

#[test]
fn keys_are_lacking_only_after_a_set_without_usable_keys() {
    let mut cache = Cache::new(JwksPolicy::default());
    assert!(!cache.lacks_usable_keys());
    let fetch = fetch_at(&mut cache, 0, "a");
    cache.complete(&fetch, at(1), set_without_usable_key(), 0.0);
    assert!(cache.lacks_usable_keys());
    assert!(!cache_with(&["a"]).lacks_usable_keys());
}

#[test]
fn backoff_doubles_to_half_a_minute_and_respects_retry_after() {
    let mut cache = Cache::new(JwksPolicy::default());
    let mut now = 0;
    for wait in [1, 2, 4, 8, 16, 30, 30] {
        let fetch = fetch_at(&mut cache, now, "a");
        assert!(fetch.is_urgent);
        cache.fail(&fetch, at(now), &FAILED, 1.0);
        assert_eq!(cache.failure().unwrap().wait(at(now)), at(wait));
        assert_eq!(answer_at(&mut cache, now + wait - 1, "a"), "unavailable");
        now += wait;
    }
    for (asked, wait) in [(0, 0), (60, 60), (100_000, 300)] {
        let fetch = fetch_at(&mut cache, now, "a");
        let failure = FetchFailure {
            retry_after: Some(at(asked)),
            ..FAILED
        };
        cache.fail(&fetch, at(now), &failure, 0.0);
        assert_eq!(cache.failure().unwrap().wait(at(now)), at(wait), "full jitter");
        now += wait;
    }
    let fetch = fetch_at(&mut cache, now, "a");
    cache.complete(&fetch, at(now), set(&["a"]), 0.5);
    assert!(cache.failure().is_none());
}

#[test]
fn with_usable_keys_the_next_fetch_waits_for_the_cool_down() {
    let mut cache = cache_with(&["a"]);
    let fetch = fetch_at(&mut cache, 240, "a");
    cache.fail(&fetch, at(240), &FAILED, 0.0);
    assert_eq!(answer_at(&mut cache, 249, "a"), "key");
    assert_eq!(answer_at(&mut cache, 249, "x"), "unavailable");
    assert_eq!(fetch_at(&mut cache, 250, "x").reason, FetchReason::UnknownKid);
}

#[test]
fn a_set_without_a_usable_key_does_not_replace_a_good_one() {
    let mut cache = cache_with(&["a"]);
    let fetch = fetch_at(&mut cache, 300, "a");
    assert_eq!(
        cache.complete(&fetch, at(300), set_without_usable_key(), 0.5),
        FetchOutcome::Refused
    );
    assert_eq!(label(&cache.after_wait(at(300), "a", true)), "key");
    assert!(cache.failure().is_some());
}

#[test]
fn a_first_set_without_a_usable_key_is_soon_replaced() {
    let mut cache = Cache::new(JwksPolicy::default());
    let fetch = fetch_at(&mut cache, 0, "a");
    cache.complete(&fetch, at(0), set_without_usable_key(), 0.5);
    assert_eq!(answer_at(&mut cache, 9, "a"), "unusable");
    assert!(cache.lacks_usable_keys() && cache.freshness(at(0)) == Freshness::Expired);
    assert!(fetch_at(&mut cache, 10, "a").is_urgent);
}

#[test]
fn a_late_set_never_replaces_a_newer_one() {
    let mut cache = cache_with(&["a"]);
    let slow = fetch_at(&mut cache, 300, "a");
    // Its task is never polled again; after ten seconds the fetch counts as failed.
    assert_eq!(answer_at(&mut cache, 309, "a"), "key");
    assert_eq!(answer_at(&mut cache, 310, "a"), "key");
    assert!(cache.failure().is_some());
    let fast = fetch_at(&mut cache, 320, "a");
    assert_eq!(
        cache.complete(&fast, at(321), set(&["new"]), 0.5),
        FetchOutcome::Loaded
    );
    assert_eq!(
        cache.complete(&slow, at(322), set(&["old"]), 0.5),
        FetchOutcome::Outdated
    );
    assert_eq!(answer_at(&mut cache, 323, "new"), "key");
    cache.fail(&slow, at(324), &FAILED, 1.0);
    assert!(cache.failure().is_none(), "it counted as failed long ago");
}

#[test]
fn a_late_set_counts_from_the_start_of_its_fetch() {
    let mut cache = Cache::new(JwksPolicy::default());
    let slow = fetch_at(&mut cache, 0, "a");
    let next = fetch_at(&mut cache, 20, "a");
    assert_eq!(
        cache.complete(&slow, at(25), set(&["a"]), 0.5),
        FetchOutcome::Loaded
    );
    assert_eq!(answer_at(&mut cache, 26, "a"), "key");
    assert_eq!(cache.loaded_at(), Some(at(0)));
    cache.complete(&next, at(26), set(&["a", "b"]), 0.5);
    assert_eq!(cache.loaded_at(), Some(at(20)));
}

#[test]
fn a_late_set_does_not_clear_a_later_failure() {
    let mut cache = Cache::new(JwksPolicy::default());
    let slow = fetch_at(&mut cache, 0, "a");
    let next = fetch_at(&mut cache, 20, "a");
    let failure = FetchFailure {
        retry_after: Some(at(60)),
        ..FAILED
    };
    cache.fail(&next, at(21), &failure, 0.0);
    cache.complete(&slow, at(22), set(&["a"]), 0.5);
    assert_eq!(answer_at(&mut cache, 80, "a"), "key");
    assert_eq!(answer_at(&mut cache, 80, "x"), "unavailable");
    assert_eq!(fetch_at(&mut cache, 81, "x").reason, FetchReason::UnknownKid);
}

#[test]
fn policies_with_the_maximum_durations_do_not_overflow() {
    let policy = JwksPolicy::default()
        .fresh_for(Duration::MAX)
        .stale_for(Duration::MAX)
        .cool_down(Duration::MAX)
        .backoff(Duration::MAX);
    let mut cache = Cache::new(policy);
    let fetch = fetch_at(&mut cache, 0, "a");
    cache.complete(&fetch, at(0), set(&["a"]), 1.0);
    assert_eq!(answer_at(&mut cache, u64::MAX / 2, "a"), "key");
    let fetch = fetch_at(&mut cache, 1, "x");
    cache.fail(&fetch, at(1), &FAILED, 1.0);
    assert_eq!(answer_at(&mut cache, u64::MAX, "x"), "unavailable");
}
