//! How often keys are fetched, and what happens when they cannot be.

use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use clerk_runtime::{Clerk, JwksPolicy, UserId, protected};
use clerk_testing::{Endpoint, Fault, LocalInstance};
use http::StatusCode;

use crate::call::{Answer, get as get_path};

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.into()
}

/// An application that knows no key yet and has to fetch them.
fn app(instance: &LocalInstance) -> Router {
    let clerk = Clerk::builder()
        .publishable_key(instance.publishable_key())
        .secret_key(instance.secret_key())
        .api_url(instance.url())
        .clock(instance.clock())
        .build()
        .unwrap();
    Router::new().route("/me", get(me)).with_state(clerk)
}

async fn all(app: &Router, bearers: impl IntoIterator<Item = String>) -> Vec<Answer> {
    let calls: Vec<_> = bearers
        .into_iter()
        .map(|bearer| {
            let app = app.clone();
            tokio::spawn(async move { get_path(&app, "/me", Some(&bearer)).await })
        })
        .collect();
    let mut answers = Vec::new();
    for call in calls {
        answers.push(call.await.unwrap());
    }
    answers
}

fn unknown_kid(instance: &LocalInstance, number: usize) -> String {
    instance
        .user("ada")
        .header("kid", format!("ins_unknown{number}"))
        .bearer()
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_cold_requests_fetch_once_and_five_hundred_unknown_kids_once_more() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    instance.fault(Endpoint::Jwks, Fault::Delay(Duration::from_millis(100)));
    let cold = all(&app, (0..50).map(|_| instance.user("ada").bearer())).await;
    assert!(
        cold.iter().all(|answer| answer.status == StatusCode::OK),
        "{:?}",
        cold[0]
    );
    assert_eq!(instance.requests_to(Endpoint::Jwks), 1);

    let flood = all(&app, (0..500).map(|number| unknown_kid(&instance, number))).await;
    assert!(
        flood
            .iter()
            .all(|answer| answer.status == StatusCode::UNAUTHORIZED)
    );
    for number in 500..600 {
        get_path(&app, "/me", Some(&unknown_kid(&instance, number))).await;
    }
    assert_eq!(instance.requests_to(Endpoint::Jwks), 2);

    // Bad signatures under a known kid are no reason to ask.
    let forged = all(
        &app,
        (0..100).map(|_| instance.user("ada").signed_by_other_key().bearer()),
    )
    .await;
    assert!(
        forged
            .iter()
            .all(|answer| answer.status == StatusCode::UNAUTHORIZED)
    );
    assert_eq!(instance.requests_to(Endpoint::Jwks), 2);
}

#[tokio::test]
async fn clients_that_hang_up_do_not_undo_the_cool_down() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    assert_eq!(
        get_path(&app, "/me", Some(&instance.user("ada").bearer()))
            .await
            .status,
        StatusCode::OK
    );
    instance.fault(Endpoint::Jwks, Fault::Delay(Duration::from_millis(50)));
    for number in 0..10 {
        let bearer = unknown_kid(&instance, number);
        let waiting = get_path(&app, "/me", Some(&bearer));
        _ = tokio::time::timeout(Duration::from_millis(10), waiting).await;
        // The fetch ends with nobody waiting for it.
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
    assert_eq!(instance.requests_to(Endpoint::Jwks), 2);
}

#[tokio::test]
async fn hopeless_tokens_cause_no_fetch() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    let ada = || instance.user("ada");
    for bearer in [
        ada().header("alg", "none").bearer(),
        ada().header("alg", "HS256").bearer(),
        ada().header("alg", "RS512").bearer(),
        ada().header("crit", serde_json::json!(["exp"])).bearer(),
        ada().header("zip", "DEF").bearer(),
        ada().header("kid", "../../etc/passwd").bearer(),
        ada().header("kid", 7).bearer(),
        ada().header("kid", "").bearer(),
        ada().header("kid", "k".repeat(129)).bearer(),
        ada().header("typ", "at+jwt").bearer(),
        "Bearer a.b.c".to_owned(),
    ] {
        assert_eq!(
            get_path(&app, "/me", Some(&bearer)).await.status,
            StatusCode::UNAUTHORIZED
        );
    }
    assert_eq!(instance.requests_to(Endpoint::Jwks), 0);
}

#[tokio::test]
async fn a_rotated_key_is_taken_at_once_and_a_retired_one_is_dropped() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    let old = instance.user("ada").expires_in(3600).bearer();
    assert_eq!(get_path(&app, "/me", Some(&old)).await.status, StatusCode::OK);
    instance.rotate_keys();
    let new = instance.user("ada").expires_in(3600).bearer();
    assert_eq!(get_path(&app, "/me", Some(&new)).await.status, StatusCode::OK);
    assert_eq!(get_path(&app, "/me", Some(&old)).await.status, StatusCode::OK);
    instance.retire_old_keys();
    instance.advance(Duration::from_secs(301));
    assert_eq!(
        get_path(&app, "/me", Some(&old)).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(get_path(&app, "/me", Some(&new)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn without_keys_the_answer_is_503_and_it_recovers_by_itself() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    let bearer = instance.user("ada").expires_in(3600).bearer();
    for fault in [
        Fault::Status(503),
        Fault::Garbage,
        Fault::Truncated,
        Fault::Empty,
        Fault::Drop,
        Fault::Status(401),
        Fault::Huge(23_000_000),
        Fault::Drip(Duration::from_millis(100)),
        Fault::Redirect(format!("{}/v1/users/user_1", instance.url())),
    ] {
        let what = format!("{fault:?}");
        instance.fault(Endpoint::Jwks, fault);
        let answer = get_path(&app, "/me", Some(&bearer)).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{what}");
        assert_eq!(answer.body, r#"{"error":"Authentication is unavailable"}"#);
        assert!(answer.header("retry-after").unwrap().parse::<u64>().unwrap() >= 1);
        // Nobody without a token has to wait for keys.
        get_path(&app, "/me", None)
            .await
            .assert_not_authenticated("Bearer");
        instance.advance(Duration::from_secs(31));
    }
    assert_eq!(
        instance.requests_to(Endpoint::Users),
        0,
        "a redirect was followed"
    );
    instance.clear_faults();
    instance.advance(Duration::from_secs(31));
    assert_eq!(get_path(&app, "/me", Some(&bearer)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn whatever_comes_instead_of_keys_the_last_good_set_stays() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    let bearer = instance.user("ada").expires_in(100_000).bearer();
    for fault in [
        Fault::Status(500),
        Fault::StatusWithRetryAfter(429, 60),
        Fault::Garbage,
        Fault::Truncated,
        Fault::Empty,
        Fault::Drop,
        Fault::Huge(23_000_000),
        Fault::Redirect(format!("{}/v1/users/user_1", instance.url())),
        Fault::Drip(Duration::from_millis(100)),
        Fault::Hang,
    ] {
        instance.clear_faults();
        instance.advance(Duration::from_secs(301));
        assert_eq!(get_path(&app, "/me", Some(&bearer)).await.status, StatusCode::OK);
        // The one before may have ended in a background fetch.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let what = format!("{fault:?}");
        let asked = instance.requests_to(Endpoint::Jwks);
        instance.fault(Endpoint::Jwks, fault);
        instance.advance(Duration::from_secs(301));
        for _ in 0..3 {
            let answer = get_path(&app, "/me", Some(&bearer)).await;
            assert_eq!(answer.status, StatusCode::OK, "{what}");
        }
        assert_eq!(instance.requests_to(Endpoint::Jwks), asked + 1, "{what}");
    }
    assert_eq!(
        instance.requests_to(Endpoint::Users),
        0,
        "a redirect was followed"
    );
}

#[tokio::test]
async fn a_request_waits_two_seconds_for_keys_and_no_longer() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    instance.fault(Endpoint::Jwks, Fault::Hang);
    let started = Instant::now();
    let answer = get_path(&app, "/me", Some(&instance.user("ada").bearer())).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        started.elapsed() < Duration::from_secs(3),
        "{:?}",
        started.elapsed()
    );
}

#[tokio::test]
async fn a_request_waits_for_keys_for_as_long_as_is_set() {
    let instance = LocalInstance::start().await.unwrap();
    let bearer = instance.user("ada").expires_in(3600).bearer();
    let ask = async |clerk: Clerk| {
        let app = Router::new().route("/me", get(me)).with_state(clerk);
        get_path(&app, "/me", Some(&bearer)).await.status
    };
    // Longer than the deadline of a fetch that requests wait two seconds for.
    instance.fault(Endpoint::Jwks, Fault::Delay(Duration::from_millis(5500)));
    let started = Instant::now();
    let hasty = JwksPolicy::default().wait_for_keys(Duration::from_millis(300));
    let hasty = instance.clerk_builder().jwks_policy(hasty).build().unwrap();
    assert_eq!(ask(hasty).await, StatusCode::SERVICE_UNAVAILABLE);
    let elapsed = started.elapsed();
    assert!(
        (Duration::from_millis(300)..Duration::from_millis(1500)).contains(&elapsed),
        "{elapsed:?}"
    );
    assert_eq!(
        ask(instance.clerk()).await,
        StatusCode::OK,
        "the wait of handles for tests"
    );
    assert_eq!(instance.requests_to(Endpoint::Jwks), 2);
}

#[tokio::test]
async fn the_last_good_set_outlives_an_outage_for_an_hour() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    let bearer = || instance.user("ada").bearer();
    assert_eq!(
        get_path(&app, "/me", Some(&bearer())).await.status,
        StatusCode::OK
    );
    instance.fault(Endpoint::Jwks, Fault::Status(500));
    for minutes in [6, 20, 32] {
        instance.advance(Duration::from_secs(minutes * 60));
        assert_eq!(
            get_path(&app, "/me", Some(&bearer())).await.status,
            StatusCode::OK,
            "after {minutes} more minutes"
        );
        let unknown = get_path(&app, "/me", Some(&unknown_kid(&instance, 1))).await;
        assert_eq!(unknown.status, StatusCode::SERVICE_UNAVAILABLE);
    }
    instance.advance(Duration::from_secs(3 * 60));
    assert_eq!(
        get_path(&app, "/me", Some(&bearer())).await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
}

#[tokio::test]
async fn retry_after_is_obeyed() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    instance.fault(Endpoint::Jwks, Fault::StatusWithRetryAfter(429, 60));
    let bearer = instance.user("ada").expires_in(3600).bearer();
    let answer = get_path(&app, "/me", Some(&bearer)).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!((55..=60).contains(&answer.header("retry-after").unwrap().parse::<u64>().unwrap()));
    instance.advance(Duration::from_secs(50));
    get_path(&app, "/me", Some(&bearer)).await;
    assert_eq!(instance.requests_to(Endpoint::Jwks), 1);
    instance.clear_faults();
    instance.advance(Duration::from_secs(11));
    assert_eq!(get_path(&app, "/me", Some(&bearer)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn ready_warms_the_keys_and_building_asks_nothing() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk_builder().build().unwrap();
    assert_eq!(instance.requests().len(), 0);
    clerk.ready().await.unwrap();
    clerk.ready().await.unwrap();
    assert_eq!(instance.requests_to(Endpoint::Jwks), 1);
    clerk.verify_token(&instance.user("ada").token()).await.unwrap();
    assert_eq!(instance.requests_to(Endpoint::Jwks), 1);
}

#[tokio::test]
async fn a_probe_is_content_with_old_keys_and_does_not_press_a_clerk_that_is_away() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk_builder().build().unwrap();
    instance.fault(Endpoint::Jwks, Fault::StatusWithRetryAfter(503, 60));
    for _ in 0..3 {
        let error = clerk.ready().await.unwrap_err();
        assert!(error.is_outage() && error.retry_after().unwrap() > Duration::from_secs(50));
    }
    assert_eq!(instance.requests_to(Endpoint::Jwks), 1);
    instance.clear_faults();
    instance.advance(Duration::from_secs(61));
    clerk.ready().await.unwrap();
    instance.fault(Endpoint::Jwks, Fault::StatusWithRetryAfter(503, 60));
    instance.advance(Duration::from_secs(600));
    clerk.ready().await.unwrap();
    instance.advance(Duration::from_secs(3600));
    clerk.ready().await.unwrap_err();
}

#[tokio::test]
async fn a_jwt_key_needs_no_network() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = Clerk::builder()
        .publishable_key(instance.publishable_key())
        .jwt_key(instance.jwt_key())
        .without_secret_key()
        .clock(instance.clock())
        .build()
        .unwrap();
    clerk.ready().await.unwrap();
    clerk.verify_token(&instance.user("ada").token()).await.unwrap();
    assert_eq!(instance.requests().len(), 0);
    let error = clerk.client().users().get_user("user_1").await.unwrap_err();
    assert_eq!(error.code(), "secret_key_missing");
}
