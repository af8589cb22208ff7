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

fn useless_set() -> KeySet {
    KeySet::from_keys(&[json!(null), json!({"kty": "EC", "kid": "a"})])
}

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn word(answer: &Answer) -> &'static str {
    match answer {
        Answer::Key(_) => "key",
        Answer::Unusable => "unusable",
        Answer::UnknownKid => "unknown",
        Answer::Unavailable { .. } => "unavailable",
    }
}

/// What a request is told, in words, and the fetch that it starts.
fn ask_at(cache: &mut Cache, now: Duration, kid: &str) -> (String, Option<Takeoff>) {
    let plan = cache.ask(now, kid);
    let words = match &plan.then {
        Then::Answer(answer) => word(answer).to_owned(),
        Then::Wait { at_most, .. } => format!("wait {}", at_most.as_secs_f64()),
    };
    (words, plan.start)
}

fn ask(cache: &mut Cache, seconds: u64, kid: &str) -> (String, Option<Takeoff>) {
    ask_at(cache, at(seconds), kid)
}

/// The same for a request that starts nothing.
#[track_caller]
fn told(cache: &mut Cache, seconds: u64, kid: &str) -> String {
    let (words, start) = ask(cache, seconds, kid);
    assert_eq!(start, None);
    words
}

/// The fetch that a request starts.
#[track_caller]
fn started(cache: &mut Cache, seconds: u64, kid: &str) -> Takeoff {
    ask(cache, seconds, kid).1.expect("a fetch")
}

/// A cache that loaded a set at second 0 and wants the next at second 240.
fn cache_with(kids: &[&str]) -> Cache {
    let mut cache = Cache::new(JwksPolicy::default());
    let takeoff = started(&mut cache, 0, "a");
    assert_eq!(cache.landed(&takeoff, at(0), set(kids), 0.5), Landed::Loaded);
    cache
}

#[test]
fn a_set_answers_for_five_minutes_however_often_it_is_read() {
    let mut cache = cache_with(&["a"]);
    for seconds in [0, 100, 239] {
        assert_eq!(told(&mut cache, seconds, "a"), "key", "{seconds} s");
    }
    for seconds in [240, 299] {
        assert_eq!(ask(&mut cache, seconds, "a").0, "key", "{seconds} s");
    }
    assert_eq!(cache_with(&["a"]).age(at(299)), Age::Fresh);
    let (words, start) = ask(&mut cache_with(&["a"]), 300, "a");
    assert_eq!(words, "wait 1");
    assert_eq!(start.unwrap().cause, Cause::Age);
}

#[test]
fn the_first_request_after_four_minutes_refreshes_and_does_not_wait() {
    let mut cache = cache_with(&["a", "b"]);
    let (key, start) = cache.peek(at(240), "a", RsaVerifyingKey::clone).unwrap();
    let takeoff = start.unwrap();
    assert!(!takeoff.is_urgent);
    for _ in 0..3 {
        assert_eq!(told(&mut cache, 241, "b"), "key");
        assert!(cache.peek(at(241), "a", |_| ()).unwrap().1.is_none());
    }
    assert_eq!(cache.landed(&takeoff, at(242), set(&["a"]), 0.5), Landed::Loaded);
    assert!(cache.peek(at(242), "a", |now| now.is_same(&key)).unwrap().0);
    assert!(cache.peek(at(242), "b", |_| ()).is_none());
    // Its age counts from the moment that it was asked for.
    assert_eq!(told(&mut cache, 479, "a"), "key");
    assert!(ask(&mut cache, 480, "a").1.is_some());
}

#[test]
fn four_minutes_are_so_to_a_tenth() {
    for (jitter, due) in [(0.0, 216), (1.0, 264), (7.0, 264)] {
        let mut cache = Cache::new(JwksPolicy::default());
        let takeoff = started(&mut cache, 0, "a");
        cache.landed(&takeoff, at(0), set(&["a"]), jitter);
        assert_eq!(told(&mut cache, due - 1, "a"), "key");
        assert_eq!(started(&mut cache, due, "a").cause, Cause::Age);
    }
}

#[test]
fn a_fetched_set_replaces_the_former_one() {
    let mut cache = cache_with(&["a", "b"]);
    let takeoff = started(&mut cache, 300, "a");
    cache.landed(&takeoff, at(300), set(&["b"]), 0.5);
    assert_eq!(word(&cache.after_wait(at(300), "a", true)), "unknown");
    assert_eq!(word(&cache.after_wait(at(300), "b", true)), "key");
}

#[test]
fn a_fetch_that_hangs_holds_up_stale_keys_for_one_second_in_all() {
    let mut cache = cache_with(&["a"]);
    let takeoff = started(&mut cache, 300, "a");
    assert!(cache.peek(at(300), "a", |_| ()).is_none());
    let (words, _) = ask_at(&mut cache, Duration::from_millis(300_750), "a");
    assert_eq!(words, "wait 0.25");
    assert_eq!(
        word(&cache.after_wait(at(301), "a", false)),
        "key",
        "nothing came in time"
    );
    assert_eq!(told(&mut cache, 301, "a"), "key", "and nobody waits any more");
    assert!(cache.peek(at(301), "a", |_| ()).is_some());
    assert_eq!(
        told(&mut cache, 301, "x"),
        "wait 2",
        "but those who have no other chance"
    );
    cache.failed(&takeoff, at(305), &FAILED, 1.0);
    assert_eq!(told(&mut cache, 305, "a"), "key");
    assert_eq!(told(&mut cache, 314, "a"), "key");
    let (words, start) = ask(&mut cache, 315, "a");
    assert_eq!(words, "key", "the next attempt holds up nobody either");
    assert!(start.is_some());
}

#[test]
fn an_old_failure_does_not_excuse_a_stale_key() {
    let mut cache = cache_with(&["withdrawn"]);
    let takeoff = started(&mut cache, 240, "withdrawn");
    cache.failed(&takeoff, at(240), &FAILED, 1.0);
    // Five minutes without a request. Clerk may have been well again since.
    let (words, start) = ask(&mut cache, 540, "withdrawn");
    assert_eq!(words, "wait 1");
    cache.landed(&start.unwrap(), at(540), set(&["a"]), 0.5);
    assert_eq!(word(&cache.after_wait(at(540), "withdrawn", true)), "unknown");
}

#[test]
fn an_unknown_kid_is_asked_for_once_in_ten_seconds() {
    let mut cache = cache_with(&["a"]);
    let takeoff = started(&mut cache, 1, "x");
    assert_eq!(takeoff.cause, Cause::UnknownKid);
    assert_eq!(told(&mut cache, 1, "y"), "wait 2");
    assert_eq!(told(&mut cache, 1, "a"), "key", "others are not delayed");
    cache.landed(&takeoff, at(2), set(&["a"]), 0.5);
    assert_eq!(word(&cache.after_wait(at(2), "x", true)), "unknown");
    for seconds in [2, 5, 11] {
        assert_eq!(told(&mut cache, seconds, "y"), "unknown", "{seconds} s");
        assert_eq!(told(&mut cache, seconds, "a"), "key");
    }
    assert_eq!(started(&mut cache, 12, "y").cause, Cause::UnknownKid);
}

#[test]
fn an_unknown_kid_that_joined_another_fetch_has_had_its_look() {
    let mut cache = cache_with(&["a"]);
    let takeoff = started(&mut cache, 240, "a");
    assert_eq!(told(&mut cache, 240, "x"), "wait 2");
    cache.landed(&takeoff, at(241), set(&["a"]), 0.5);
    assert_eq!(word(&cache.after_wait(at(241), "x", true)), "unknown");
    assert_eq!(told(&mut cache, 250, "x"), "unknown");
    assert_eq!(started(&mut cache, 251, "x").cause, Cause::UnknownKid);
}

#[test]
fn a_flood_of_unknown_kids_never_fetches_faster_than_the_cool_down() {
    for fails in [false, true] {
        let mut cache = cache_with(&["a"]);
        let mut fetches = 0;
        for second in 0..100 {
            for request in 0..100 {
                let kid = format!("{second}-{request}");
                if let (_, Some(takeoff)) = ask(&mut cache, second, &kid) {
                    fetches += 1;
                    if fails {
                        cache.failed(&takeoff, at(second), &FAILED, 0.0);
                    } else {
                        cache.landed(&takeoff, at(second), set(&["a"]), 0.5);
                    }
                }
            }
        }
        assert_eq!(fetches, 10);
    }
}

#[test]
fn while_clerk_is_away_old_keys_serve_and_unknown_ones_are_unavailable() {
    let mut cache = cache_with(&["a"]);
    for second in 300..3600 {
        let (words, start) = ask(&mut cache, second, "a");
        assert!(words == "key" || second == 300, "{second} s: {words}");
        if let Some(takeoff) = start {
            cache.failed(&takeoff, at(second), &FAILED, 1.0);
            assert_eq!(word(&cache.after_wait(at(second), "a", true)), "key");
            assert_eq!(word(&cache.after_wait(at(second), "x", true)), "unavailable");
        }
        assert_eq!(told(&mut cache, second, "x"), "unavailable");
        assert_eq!(cache.age(at(second)), Age::Stale);
    }
    let (words, start) = ask(&mut cache, 3630, "a");
    assert_eq!(words, "wait 2", "an hour has passed");
    cache.failed(&start.unwrap(), at(3631), &FAILED, 1.0);
    assert_eq!(word(&cache.after_wait(at(3631), "a", true)), "unavailable");
    assert_eq!(told(&mut cache, 3632, "a"), "unavailable");
    assert_eq!(cache.age(at(3632)), Age::Over);
}

#[test]
fn an_old_set_serves_for_an_hour_and_not_a_moment_longer() {
    let cache = cache_with(&["a"]);
    let hour = at(3600);
    let moment = Duration::from_nanos(1);
    assert_eq!(cache.age(hour - moment), Age::Stale);
    assert_eq!(cache.age(hour), Age::Over);
}

#[test]
fn keys_lack_only_where_a_set_without_any_was_fetched() {
    let mut cache = Cache::new(JwksPolicy::default());
    assert!(!cache.lacks_usable_keys());
    let takeoff = started(&mut cache, 0, "a");
    cache.landed(&takeoff, at(1), useless_set(), 0.0);
    assert!(cache.lacks_usable_keys());
    assert!(!cache_with(&["a"]).lacks_usable_keys());
}

#[test]
fn backoff_doubles_to_half_a_minute_and_obeys_retry_after() {
    let mut cache = Cache::new(JwksPolicy::default());
    let mut now = 0;
    for wait in [1, 2, 4, 8, 16, 30, 30] {
        let takeoff = started(&mut cache, now, "a");
        assert!(takeoff.is_urgent);
        cache.failed(&takeoff, at(now), &FAILED, 1.0);
        assert_eq!(cache.failure().unwrap().wait(at(now)), at(wait));
        assert_eq!(told(&mut cache, now + wait - 1, "a"), "unavailable");
        now += wait;
    }
    for (asked, wait) in [(0, 0), (60, 60), (100_000, 300)] {
        let takeoff = started(&mut cache, now, "a");
        let failure = FetchFailure {
            retry_after: Some(at(asked)),
            ..FAILED
        };
        cache.failed(&takeoff, at(now), &failure, 0.0);
        assert_eq!(cache.failure().unwrap().wait(at(now)), at(wait), "full jitter");
        now += wait;
    }
    let takeoff = started(&mut cache, now, "a");
    cache.landed(&takeoff, at(now), set(&["a"]), 0.5);
    assert!(cache.failure().is_none());
}

#[test]
fn who_has_keys_tries_again_after_the_cool_down_at_the_soonest() {
    let mut cache = cache_with(&["a"]);
    let takeoff = started(&mut cache, 240, "a");
    cache.failed(&takeoff, at(240), &FAILED, 0.0);
    assert_eq!(told(&mut cache, 249, "a"), "key");
    assert_eq!(told(&mut cache, 249, "x"), "unavailable");
    assert_eq!(started(&mut cache, 250, "x").cause, Cause::UnknownKid);
}

#[test]
fn a_set_without_a_usable_key_does_not_replace_a_good_one() {
    let mut cache = cache_with(&["a"]);
    let takeoff = started(&mut cache, 300, "a");
    assert_eq!(
        cache.landed(&takeoff, at(300), useless_set(), 0.5),
        Landed::Refused
    );
    assert_eq!(word(&cache.after_wait(at(300), "a", true)), "key");
    assert!(cache.failure().is_some());
}

#[test]
fn a_first_set_without_a_usable_key_is_soon_replaced() {
    let mut cache = Cache::new(JwksPolicy::default());
    let takeoff = started(&mut cache, 0, "a");
    cache.landed(&takeoff, at(0), useless_set(), 0.5);
    assert_eq!(told(&mut cache, 9, "a"), "unusable");
    assert!(cache.lacks_usable_keys() && cache.age(at(0)) == Age::Over);
    assert!(started(&mut cache, 10, "a").is_urgent);
}

#[test]
fn a_late_old_answer_never_replaces_a_newer_set() {
    let mut cache = cache_with(&["a"]);
    let slow = started(&mut cache, 300, "a");
    // Its task is not run any more; ten seconds later others carry on without it.
    assert_eq!(told(&mut cache, 309, "a"), "key");
    assert_eq!(told(&mut cache, 310, "a"), "key");
    assert!(cache.failure().is_some());
    let fast = started(&mut cache, 320, "a");
    assert_eq!(cache.landed(&fast, at(321), set(&["new"]), 0.5), Landed::Loaded);
    assert_eq!(cache.landed(&slow, at(322), set(&["old"]), 0.5), Landed::Outdated);
    assert_eq!(told(&mut cache, 323, "new"), "key");
    cache.failed(&slow, at(324), &FAILED, 1.0);
    assert!(cache.failure().is_none(), "it was given up long ago");
}

#[test]
fn a_late_answer_is_better_than_none_and_as_old_as_its_question() {
    let mut cache = Cache::new(JwksPolicy::default());
    let slow = started(&mut cache, 0, "a");
    let next = started(&mut cache, 20, "a");
    assert_eq!(cache.landed(&slow, at(25), set(&["a"]), 0.5), Landed::Loaded);
    assert_eq!(told(&mut cache, 26, "a"), "key");
    assert_eq!(cache.loaded_at(), Some(at(0)));
    cache.landed(&next, at(26), set(&["a", "b"]), 0.5);
    assert_eq!(cache.loaded_at(), Some(at(20)));
}

#[test]
fn a_late_answer_does_not_outweigh_a_later_refusal() {
    let mut cache = Cache::new(JwksPolicy::default());
    let slow = started(&mut cache, 0, "a");
    let next = started(&mut cache, 20, "a");
    let failure = FetchFailure {
        retry_after: Some(at(60)),
        ..FAILED
    };
    cache.failed(&next, at(21), &failure, 0.0);
    cache.landed(&slow, at(22), set(&["a"]), 0.5);
    assert_eq!(told(&mut cache, 80, "a"), "key");
    assert_eq!(told(&mut cache, 80, "x"), "unavailable");
    assert_eq!(started(&mut cache, 81, "x").cause, Cause::UnknownKid);
}

#[test]
fn policies_without_end_are_no_trouble() {
    let policy = JwksPolicy::default()
        .fresh_for(Duration::MAX)
        .stale_for(Duration::MAX)
        .cool_down(Duration::MAX)
        .backoff(Duration::MAX);
    let mut cache = Cache::new(policy);
    let takeoff = started(&mut cache, 0, "a");
    cache.landed(&takeoff, at(0), set(&["a"]), 1.0);
    assert_eq!(told(&mut cache, u64::MAX / 2, "a"), "key");
    let takeoff = started(&mut cache, 1, "x");
    cache.failed(&takeoff, at(1), &FAILED, 1.0);
    assert_eq!(told(&mut cache, u64::MAX, "x"), "unavailable");
}
