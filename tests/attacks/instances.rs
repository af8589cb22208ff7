//! V: several instances, and whatever is remembered of a token.

use std::time::Duration;

use axum::Router;
use axum::routing::get as on_get;
use clerk_runtime::clock::Clock;
use clerk_runtime::{Clerk, UserId, protected};
use clerk_testing::LocalInstance;
use serde_json::json;

use crate::forge::{self, KID, USER};
use crate::scene::{bear, bring, get};

const EXPIRED: &str = "session-token-expired-refresh-non-eligible-no-refresh-cookie";

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.into()
}

#[tokio::test]
async fn v1_cross_instance_confusion() {
    // Two instances of one process whose keys have one kid.
    let (_, one) = forge::instance();
    let stranger = LocalInstance::start().await.unwrap();
    let mut key = stranger.jwks()["keys"][0].clone();
    key["kid"] = json!(KID);
    let (upstream, _) = forge::instance();
    upstream.publish(&[key]);
    let other = forge::clerk_builder(&upstream).build().unwrap();
    let of_other = stranger
        .user("eve")
        .issuer(forge::issuer())
        .header("kid", KID)
        .token();
    let of_one = forge::token();
    for _ in 0..2 {
        assert_eq!(bear(&one, &of_one).await.body, USER);
        assert_eq!(bear(&other, &of_other).await.body, stranger.user("eve").user_id());
        bear(&one, &of_other)
            .await
            .assert_refused("token-invalid-signature");
        bear(&other, &of_one)
            .await
            .assert_refused("token-invalid-signature");
    }
    // In one application, with one look inside the other.
    let nested = Router::new().route("/", on_get(me)).with_state(other.clone());
    let app = Router::new()
        .nest("/other", nested)
        .route("/one", on_get(me))
        .layer(clerk_runtime::ClerkLayer::new(one.clone()))
        .with_state(one);
    let bearer = |token: &str| format!("Bearer {token}");
    get(&app, "/other", &[("authorization", &bearer(&of_one))])
        .await
        .assert_is(401);
    get(&app, "/one", &[("authorization", &bearer(&of_one))])
        .await
        .assert_is(200);
    get(&app, "/one", &[("authorization", &bearer(&of_other))])
        .await
        .assert_is(401);
}

/// A token that was seen and was good, so that it is remembered if anything is.
async fn seen(clerk: &Clerk, token: &str) {
    for _ in 0..3 {
        bear(clerk, token).await.assert_is(200);
    }
}

#[tokio::test]
async fn v2_a_known_token_expires() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let clock = instance.clock();
    clock.freeze();
    clock.set_unix_millis(clock.unix_millis() / 1000 * 1000);
    let ada = instance.user("ada").expires_in(60);
    let (token, cookie) = (ada.token(), ada.cookie());
    seen(&clerk, &token).await;
    bring(&clerk, &cookie).await.assert_is(200);
    instance.advance(Duration::from_millis(64_999));
    seen(&clerk, &token).await;
    instance.advance(Duration::from_millis(1000));
    bear(&clerk, &token).await.assert_refused(EXPIRED);
    bring(&clerk, &cookie).await.assert_is(401);
}

#[tokio::test]
async fn v2_a_known_token_is_not_valid_yet_once_the_clock_is_set_back() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let token = instance.user("ada").expires_in(60).token();
    seen(&clerk, &token).await;
    let clock = instance.clock();
    let now = clock.unix_millis();
    clock.set_unix_millis(now - 3_600_000);
    bear(&clerk, &token).await.assert_refused("session-token-nbf");
    clock.set_unix_millis(now);
    seen(&clerk, &token).await;
    // A whole year on: expired, whatever monotonic time says.
    clock.set_unix_millis(now + 31_536_000_000);
    bear(&clerk, &token).await.assert_refused(EXPIRED);
}

#[tokio::test]
async fn v2_a_known_token_ends_with_its_key() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let token = instance.user("ada").expires_in(86_400).token();
    seen(&clerk, &token).await;
    instance.rotate_keys();
    instance.retire_old_keys();
    let new = instance.user("ada").expires_in(86_400).token();
    // The new kid brings the new set, and with it the end of the old key.
    seen(&clerk, &new).await;
    bear(&clerk, &token).await.assert_refused("jwk-kid-mismatch");
    // As does time, with nobody who brings a new token.
    let clerk = instance.clerk();
    seen(&clerk, &new).await;
    instance.rotate_keys();
    instance.retire_old_keys();
    instance.advance(Duration::from_secs(300));
    bear(&clerk, &new).await.assert_refused("jwk-kid-mismatch");
}

#[tokio::test]
async fn v2_a_kid_that_is_given_to_another_key_lets_no_known_token_in() {
    let clock = clerk_testing::TestClock::new();
    let (upstream, _) = forge::instance();
    let clerk = forge::clerk_builder(&upstream)
        .clock(clock.clone())
        .build()
        .unwrap();
    let token = forge::token();
    seen(&clerk, &token).await;
    let stranger = LocalInstance::start().await.unwrap();
    let mut key = stranger.jwks()["keys"][0].clone();
    key["kid"] = json!(KID);
    upstream.publish(&[key]);
    clock.advance(Duration::from_secs(301));
    bear(&clerk, &token)
        .await
        .assert_refused("token-invalid-signature");
}

#[tokio::test]
async fn v2_other_rules_are_asked_anew() {
    let instance = LocalInstance::start().await.unwrap();
    let ada = instance.user("ada").azp("https://app.test").claim("aud", "api");
    let (token, cookie) = (ada.token(), ada.cookie());
    let builder = || instance.clerk_builder();
    let lax = builder().build().unwrap();
    seen(&lax, &token).await;
    for (clerk, reason) in [
        (
            builder().authorized_parties(["https://other.test"]).build(),
            "token-invalid-authorized-parties",
        ),
        (builder().audience(["web"]).build(), "token-verification-failed"),
        (
            builder().issuers(["https://clerk.other.test"]).build(),
            "token-invalid-issuer",
        ),
    ] {
        let clerk = clerk.unwrap();
        for _ in 0..2 {
            bear(&clerk, &token).await.assert_refused(reason);
            bring(&clerk, &cookie).await.assert_refused(reason);
        }
    }
    seen(&lax, &token).await;
}

#[tokio::test]
async fn v2_a_known_token_is_known_as_a_whole() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let (ada, eve) = (instance.user("ada").token(), instance.user("eve").token());
    seen(&clerk, &ada).await;
    seen(&clerk, &eve).await;
    let ([head, payload, signature], [_, of_eve, by_eve]) = (forge::parts(&ada), forge::parts(&eve));
    for token in [
        format!("{head}.{of_eve}.{signature}"),
        format!("{head}.{payload}.{by_eve}"),
        format!("{head}.{payload}."),
        format!("{head}.{payload}.{}", forge::encode([0; 256])),
    ] {
        bear(&clerk, &token)
            .await
            .assert_refused("token-invalid-signature");
    }
    for token in [format!("{ada}="), format!("{ada}."), format!("{head}.{payload}")] {
        bear(&clerk, &token).await.assert_refused("token-invalid");
    }
    // A class is no matter of memory: a session token is no machine's, however well it is known.
    let app = Router::new()
        .route("/", on_get(machines_only))
        .with_state(clerk.clone());
    let bearer = format!("Bearer {ada}");
    get(&app, "/", &[("authorization", &bearer)]).await.assert_is(401);
}

#[protected(token = "m2m_token")]
async fn machines_only() {}

#[tokio::test]
async fn v2_many_tokens_are_told_apart() {
    let (upstream, clerk) = forge::instance();
    let of = |number: usize| forge::with_claim("sub", json!(format!("user_{number}")));
    let tokens: Vec<String> = (0..2000).map(of).collect();
    for _ in 0..2 {
        for (number, token) in tokens.iter().enumerate() {
            assert_eq!(bear(&clerk, token).await.body, format!("user_{number}"));
        }
    }
    assert_eq!(upstream.count(), 1);
}
