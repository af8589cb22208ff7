//! Fetches for a `kid` that is not in the set, and the cool-down between them.

use super::*;

#[test]
fn an_unknown_kid_is_fetched_once_in_ten_seconds() {
    let mut cache = cache_with(&["a"]);
    let fetch = fetch_at(&mut cache, 1, "x");
    assert_eq!(fetch.reason, FetchReason::UnknownKid);
    assert_eq!(answer_at(&mut cache, 1, "y"), "wait 2");
    assert_eq!(answer_at(&mut cache, 1, "a"), "key", "others are not delayed");
    cache.complete(&fetch, at(2), set(&["a"]), 0.5);
    assert_eq!(waited(&mut cache, at(2), "x"), "unknown");
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
        assert_eq!(waited(&mut cache, at(100 + taken), "x"), "unknown");
        assert_eq!(answer_at(&mut cache, 109, "x"), "unknown", "after {taken} s");
        let next = fetch_at(&mut cache, 110, "x");
        cache.complete(&next, at(111), set(&["a", "x"]), 0.5);
        assert_eq!(waited(&mut cache, at(111), "x"), "key");
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
    assert_eq!(waited(&mut cache, at(241), "x"), "unknown");
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
