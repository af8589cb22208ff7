use std::time::Duration;

use clerk_testing::{Endpoint, Fault};
use serde_json::{Value, json};

use crate::wire::{Answer, error, error_with, get, ok, plain, send, start, told};

#[tokio::test]
async fn a_limit_is_kept_and_says_when_to_come_again() {
    let instance = start().await;
    instance.rate_limit(Endpoint::Any, 3, Duration::from_secs(10));
    let ask = |path: &str| send(&instance, instance.secret_key(), "GET", path, b"");
    let retry_after = |answer: &Answer| {
        let value = answer
            .head
            .lines()
            .find_map(|line| line.strip_prefix("retry-after: "));
        value.map(str::to_owned)
    };
    // A request without a good key does not count, and is told so, also when nothing more is taken.
    let with_a_bad_key = || error_with(&instance, "sk_test_wrong", "GET /users", Value::Null);
    assert_eq!(with_a_bad_key(), plain(401, "clerk_key_invalid"));
    for _ in 0..3 {
        assert_eq!(ask("/v1/users").status, 200);
    }
    assert_eq!(with_a_bad_key(), plain(401, "clerk_key_invalid"));
    let refused = ask("/v1/organizations");
    assert_eq!(told(&refused), plain(429, "too_many_requests"));
    assert_eq!(retry_after(&refused).as_deref(), Some("10"));
    assert_eq!(ask("/v1/jwks").status, 200, "the key set has no limit");
    instance.advance(Duration::from_millis(9_500));
    assert_eq!(retry_after(&ask("/v1/users")).as_deref(), Some("1"));
    instance.advance(Duration::from_millis(500));
    assert_eq!(ask("/v1/users").status, 200);
    instance.clear_rate_limits();
    for _ in 0..10 {
        assert_eq!(ask("/v1/users").status, 200);
    }
}

#[tokio::test]
async fn endpoints_have_limits_of_their_own() {
    let instance = start().await;
    instance.rate_limit(Endpoint::Invitations, 1, Duration::from_secs(3600));
    ok(
        &instance,
        "POST /invitations",
        json!({ "email_address": "a@b.c" }),
    );
    let again = error(
        &instance,
        "POST /invitations",
        json!({ "email_address": "d@e.f" }),
    );
    assert_eq!(again, plain(429, "too_many_requests"));
    assert_eq!(get(&instance, "/users/count")["total_count"], 0);
    instance.clear_rate_limits();
    assert_eq!(get(&instance, "/invitations").as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn faults_strike_each_group() {
    let instance = start().await;
    let ada = instance.user("ada").user_id();
    for (endpoint, path) in [
        (Endpoint::Users, "/users".to_owned()),
        (Endpoint::Sessions, format!("/sessions?user_id={ada}")),
        (Endpoint::Organizations, "/organizations".to_owned()),
        (Endpoint::Invitations, "/invitations".to_owned()),
        (Endpoint::JwtTemplates, "/jwt_templates".to_owned()),
        (Endpoint::Machines, "/machines".to_owned()),
        (Endpoint::ApiKeys, format!("/api_keys?subject={ada}")),
        (
            Endpoint::M2mTokens,
            format!("/m2m_tokens?subject={}", instance.machine("local").id()),
        ),
    ] {
        instance.fault_times(endpoint, Fault::StatusWithRetryAfter(429, 7), 1);
        assert_eq!(
            error(&instance, &format!("GET {path}"), Value::Null),
            plain(429, "too_many_requests"),
            "{path}"
        );
        get(&instance, &path);
        assert_eq!(instance.requests_to(endpoint), 2, "{path}");
    }
}
