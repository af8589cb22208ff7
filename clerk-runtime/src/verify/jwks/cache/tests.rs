mod idle;
mod unknown_kid;

use serde_json::json;

use super::*;

const FAILED: FetchFailure = FetchFailure {
    reason: Reason::JwkRemoteFailedToLoad,
    retry_after: None,
    cause: None,
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

/// Returns the label for a request that has waited for the latest fetch.
#[track_caller]
fn waited(cache: &mut Cache, now: Duration, kid: &str) -> &'static str {
    match cache.after_wait(now, kid, cache.fetches_started).action {
        Action::Answer(answer) => label(&answer),
        Action::Wait { number, .. } => panic!("waits again, for fetch {number}"),
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
    assert_eq!(waited(&mut cache, at(300), "a"), "unknown");
    assert_eq!(waited(&mut cache, at(300), "b"), "key");
}

#[test]
fn during_an_outage_stale_keys_are_used_and_unknown_kids_are_unavailable() {
    let mut cache = cache_with(&["a"]);
    for second in 300..3600 {
        let (text, fetch) = lookup(&mut cache, second, "a");
        assert!(text == "key" || second == 300, "{second} s: {text}");
        if let Some(fetch) = fetch {
            cache.fail(&fetch, at(second), &FAILED, 1.0);
            assert_eq!(waited(&mut cache, at(second), "a"), "key");
            assert_eq!(waited(&mut cache, at(second), "x"), "unavailable");
        }
        assert_eq!(answer_at(&mut cache, second, "x"), "unavailable");
        assert_eq!(cache.freshness(at(second)), Freshness::Stale);
    }
    let (text, fetch) = lookup(&mut cache, 3630, "a");
    assert_eq!(text, "wait 2", "an hour has passed");
    cache.fail(&fetch.unwrap(), at(3631), &FAILED, 1.0);
    assert_eq!(waited(&mut cache, at(3631), "a"), "unavailable");
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
    assert_eq!(waited(&mut cache, at(300), "a"), "key");
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
