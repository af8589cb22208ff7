//! Which calls are sent again, when, and how often.

use std::time::Duration;

use clerk_client::CallOptions;
use clerk_client::transport::{TransportError, UnreachableCause};
use http::Method;

use crate::script::{Answer, Script, answer, ok};

type Failure = fn() -> Answer;

const USER: &str = r#"{"id":"user_1"}"#;

fn refused() -> Answer {
    Err(TransportError::Connect("refused".to_owned()))
}

fn unreachable(cause: UnreachableCause) -> Answer {
    Err(TransportError::unreachable("api.clerk.com", cause, ""))
}

fn between(pause: Duration, least: u64, most: u64) -> bool {
    (Duration::from_millis(least)..=Duration::from_millis(most)).contains(&pause)
}

#[tokio::test]
async fn what_only_reads_is_tried_three_times_where_that_may_help() {
    let failures: [(&str, Failure, bool); 19] = [
        ("429", || answer(429, &[], "{}"), true),
        ("502", || answer(502, &[], "<html>"), true),
        ("503", || answer(503, &[], "{}"), true),
        ("504", || answer(504, &[], "{}"), true),
        ("no connection", refused, true),
        ("400", || answer(400, &[], "{}"), false),
        ("401", || answer(401, &[], "{}"), false),
        ("404", || answer(404, &[], "{}"), false),
        ("422", || answer(422, &[], "{}"), false),
        ("500", || answer(500, &[], "{}"), false),
        ("501", || answer(501, &[], "{}"), false),
        ("307", || answer(307, &[("location", "/elsewhere")], ""), false),
        ("no address", || unreachable(UnreachableCause::Dns), true),
        (
            "a proxy that refuses",
            || unreachable(UnreachableCause::Proxy),
            true,
        ),
        ("no TLS", || unreachable(UnreachableCause::Tls), false),
        ("no runtime", || unreachable(UnreachableCause::NoRuntime), false),
        (
            "no authorities",
            || unreachable(UnreachableCause::NoCertificateAuthorities),
            false,
        ),
        ("too late", || Err(TransportError::Timeout), false),
        ("too long", || Err(TransportError::TooLarge), false),
    ];
    for (what, failure, may_help) in failures {
        let script = Script::new([failure(), failure(), ok(USER)]);
        let found = script.client().users().get_user("user_1").await;
        assert_eq!(found.is_ok(), may_help, "{what}: {found:?}");
        assert_eq!(script.requests().len(), if may_help { 3 } else { 1 }, "{what}");
        let script = Script::new([failure()]);
        assert!(
            script.client().users().get_user("user_1").await.is_err(),
            "{what}"
        );
        assert_eq!(script.requests().len(), if may_help { 3 } else { 1 }, "{what}");
    }
    // An answer that breaks off may have been a whole one.
    let script = Script::new([Err(TransportError::Other("reset".to_owned()))]);
    assert!(script.client().users().get_user("user_1").await.is_err());
    assert_eq!(script.requests().len(), 1);
}

#[tokio::test]
async fn what_may_change_something_is_sent_once() {
    for failure in [429, 502, 503, 504, 0] {
        let script = Script::new([if failure == 0 {
            refused()
        } else {
            answer(failure, &[], "{}")
        }]);
        let client = script.client();
        assert!(client.users().create_user().await.is_err());
        assert!(client.users().update_user("user_1").await.is_err());
        assert!(client.users().replace_user_metadata("user_1").await.is_err());
        assert!(client.users().delete_user("user_1").await.is_err());
        assert!(client.api_keys().verify("ak_1").await.is_err());
        for method in [
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
            Method::HEAD,
            Method::OPTIONS,
        ] {
            assert!(client.request(method, "/users").await.is_err());
        }
        assert_eq!(script.requests().len(), 11, "{failure}");
        assert_eq!(script.pauses(), []);
    }
}

#[tokio::test]
async fn pauses_grow_and_retry_after_is_kept_to_up_to_a_limit() {
    let script = Script::new([answer(503, &[], "{}")]);
    let client = script.builder().retries(7).build().unwrap();
    assert!(client.users().get_user("user_1").await.is_err());
    let pauses = script.pauses();
    assert_eq!(pauses.len(), 7);
    for (at, pause) in pauses.into_iter().enumerate() {
        let least = 200 << at;
        assert!(
            between(pause, least.min(5000), (2 * least).min(5000)),
            "{at}: {pause:?}"
        );
    }
    for (asked, least, most) in [
        ("0", 200, 400),
        ("1", 1000, 1000),
        ("5", 5000, 5000),
        ("soon", 200, 400),
    ] {
        let script = Script::new([answer(429, &[("retry-after", asked)], "{}"), ok(USER)]);
        assert!(script.client().users().get_user("user_1").await.is_ok());
        let pauses = script.pauses();
        assert!(
            pauses.len() == 1 && between(pauses[0], least, most),
            "{asked}: {pauses:?}"
        );
    }
    for asked in ["6", "3600"] {
        let script = Script::new([answer(429, &[("retry-after", asked)], "{}"), ok(USER)]);
        let error = script.client().users().get_user("user_1").await.unwrap_err();
        assert_eq!(
            error.retry_after(),
            Some(Duration::from_secs(asked.parse().unwrap()))
        );
        assert_eq!(
            (script.requests().len(), script.pauses().len()),
            (1, 0),
            "{asked}"
        );
    }
}

#[tokio::test]
async fn how_often_can_be_said_for_the_client_and_for_a_call() {
    for (client, call, attempts) in [(0, None, 1), (1, None, 2), (0, Some(3), 4), (5, Some(0), 1)] {
        let script = Script::new([answer(503, &[], "{}")]);
        let built = script.builder().retries(client).build().unwrap();
        let mut get = built.users().get_user("user_1");
        if let Some(retries) = call {
            get = get.with(CallOptions::new().retries(retries));
        }
        assert!(get.await.is_err());
        assert_eq!(script.requests().len(), attempts);
    }
    let script = Script::new([answer(503, &[], "{}")]).without_clock();
    assert!(script.client().users().get_user("user_1").await.is_err());
    assert_eq!(script.requests().len(), 1, "a transport that cannot wait");
    // A nonce is spent by the first attempt.
    let script = Script::new([answer(503, &[], "{}")]);
    assert!(
        script
            .client()
            .clients()
            .get_handshake_payload("nonce")
            .await
            .is_err()
    );
    assert_eq!(script.requests().len(), 1);
}
