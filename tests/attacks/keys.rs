//! J: floods, outages and poisoned key sets.

use std::time::{Duration, Instant};

use clerk_runtime::{Clerk, JwksPolicy};
use clerk_testing::{Endpoint, Fault, LocalInstance};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::forge::{self, KID, USER};
use crate::scene::{Answer, bear};

/// All at once.
async fn flood(clerk: &Clerk, tokens: impl IntoIterator<Item = String>) -> Vec<Answer> {
    let mut calls = JoinSet::new();
    for token in tokens {
        let clerk = clerk.clone();
        calls.spawn(async move { bear(&clerk, &token).await });
    }
    calls.join_all().await
}

#[tokio::test]
async fn j1_kid_or_signature_flood() {
    let (upstream, clerk) = forge::instance();
    assert_eq!(bear(&clerk, &forge::token()).await.body, USER);
    let unknown = |number| forge::with_header("kid", json!(format!("ins_{number}")));
    for answer in flood(&clerk, (0..500).map(unknown)).await {
        answer.assert_refused("jwk-kid-mismatch");
    }
    for number in 500..600 {
        bear(&clerk, &unknown(number))
            .await
            .assert_refused("jwk-kid-mismatch");
    }
    assert_eq!(upstream.count(), 2, "one at the start and one for the flood");
    let stranger = LocalInstance::start().await.unwrap();
    let forged = |_| {
        let eve = stranger.user("eve").issuer(forge::issuer());
        eve.header("kid", KID).token()
    };
    for answer in flood(&clerk, (0..500).map(forged)).await {
        answer.assert_refused("token-invalid-signature");
    }
    assert_eq!(upstream.count(), 2, "a bad signature caused a fetch");
    assert_eq!(bear(&clerk, &forge::token()).await.body, USER);
}

#[tokio::test]
async fn j2_cold_start_herd() {
    let (upstream, clerk) = forge::instance();
    upstream.delay(Duration::from_millis(100));
    for answer in flood(&clerk, (0..50).map(|_| forge::token())).await {
        assert_eq!(answer.body, USER);
    }
    assert_eq!(upstream.count(), 1);
}

#[tokio::test]
async fn j3_refresh_does_not_hold_others_up() {
    let (upstream, clerk) = forge::instance();
    clerk.ready().await.unwrap();
    upstream.delay(Duration::from_secs(1));
    let unknown = forge::with_header("kid", json!("ins_unknown"));
    let waiting = tokio::spawn({
        let clerk = clerk.clone();
        async move { bear(&clerk, &unknown).await }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(upstream.count(), 2, "the fetch is not under way");
    let started = Instant::now();
    for _ in 0..20 {
        assert_eq!(bear(&clerk, &forge::token()).await.body, USER);
    }
    assert!(started.elapsed() < Duration::from_millis(500));
    assert!(!waiting.is_finished());
    waiting.await.unwrap().assert_refused("jwk-kid-mismatch");
}

#[tokio::test]
async fn j4_jwks_poisoning() {
    let clock = clerk_testing::TestClock::new();
    let (upstream, _) = forge::instance();
    let clerk = forge::clerk_builder(&upstream)
        .clock(clock.clone())
        .build()
        .unwrap();
    let token = forge::sign(forge::header().to_string(), {
        let mut claims = forge::claims();
        claims["exp"] = json!(forge::now() + 86_400);
        claims.to_string()
    });
    assert_eq!(bear(&clerk, &token).await.body, USER);
    // None of these is a key set: the last good one stays.
    for body in [
        r#"{"keys":[]}"#,
        r#"{"keys":null}"#,
        r#"{"keys":{}}"#,
        r#"{"keys":[null]}"#,
        r#"{"keys":[{"kty":"oct","kid":"ins_forge","k":"AAAA"}]}"#,
        "{}",
        "null",
        "[]",
        "<!doctype html><title>Sign in to the WiFi</title>",
        r#"{"keys":[{"kty":"RSA","kid":"ins_fo"#,
        "",
    ] {
        clock.advance(Duration::from_secs(301));
        let before = upstream.count();
        upstream.answer(200, body);
        assert_eq!(bear(&clerk, &token).await.body, USER, "{body}");
        assert!(upstream.count() > before, "{body} was never fetched");
    }
    // Odd neighbours, and none of them is a key.
    upstream.publish(&[
        json!(null),
        json!("key"),
        json!({"kty": "made-up", "kid": "made-up"}),
        json!({"kty": "oct", "kid": "oct", "k": "AAAA"}),
        forge::ec_jwk("ec"),
        forge::jwk(KID),
    ]);
    clock.advance(Duration::from_secs(301));
    assert_eq!(bear(&clerk, &token).await.body, USER);
    for kid in ["made-up", "oct", "ec"] {
        let named = forge::with_header("kid", json!(kid));
        bear(&clerk, &named)
            .await
            .assert_refused("token-verification-failed");
    }
}

#[tokio::test]
async fn j5_rotation() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let ada = instance.user("ada").expires_in(86_400);
    let old = ada.token();
    bear(&clerk, &old).await.assert_is(200);
    // Just after a load, and while a flood of unknown kids has used up the fetch: within ten seconds.
    let unknown = ada.clone().header("kid", "ins_unknown").token();
    bear(&clerk, &unknown).await.assert_refused("jwk-kid-mismatch");
    instance.rotate_keys();
    let new = ada.token();
    instance.advance(Duration::from_secs(10));
    assert_eq!(bear(&clerk, &new).await.body, ada.user_id());
    assert_eq!(bear(&clerk, &old).await.body, ada.user_id());
    instance.retire_old_keys();
    instance.advance(Duration::from_secs(300));
    bear(&clerk, &old).await.assert_refused("jwk-kid-mismatch");
    assert_eq!(bear(&clerk, &new).await.body, ada.user_id());
}

#[tokio::test]
async fn j5_an_idle_handle_refuses_a_removed_key() {
    let clock = clerk_testing::TestClock::new();
    let (upstream, _) = forge::instance();
    let builder = forge::clerk_builder(&upstream).clock(clock.clone());
    let clerk = builder.build().unwrap();
    let mut claims = forge::claims();
    claims["exp"] = json!(forge::now() + 86_400);
    let token = forge::sign(forge::header().to_string(), claims.to_string());
    assert_eq!(bear(&clerk, &token).await.body, USER);
    upstream.publish(&[forge::jwk("ins_next")]);
    upstream.delay(Duration::from_millis(1500));
    clock.advance(Duration::from_secs(50 * 60));
    // The token is in the cache of verified tokens, whose key is checked too.
    let answers = flood(&clerk, std::iter::repeat_n(token, 21)).await;
    let refused = answers.iter().filter(|answer| answer.status == 401).count();
    assert_eq!(refused, 21, "of 21");
    assert_eq!(upstream.count(), 2, "one fetch for all of them");
}

#[tokio::test]
async fn j6_duplicate_kid() {
    let mut evil = forge::jwk(KID);
    let stranger = LocalInstance::start().await.unwrap();
    evil["n"] = stranger.jwks()["keys"][0]["n"].clone();
    let by_stranger = stranger
        .user("eve")
        .issuer(forge::issuer())
        .header("kid", KID)
        .token();
    for keys in [
        [forge::jwk(KID), evil.clone(), forge::jwk("ins_next")],
        [evil.clone(), forge::jwk(KID), forge::jwk("ins_next")],
    ] {
        let (upstream, clerk) = forge::instance();
        upstream.publish(&keys);
        for token in [forge::token(), by_stranger.clone()] {
            bear(&clerk, &token)
                .await
                .assert_refused("token-verification-failed");
        }
        let next = forge::with_header("kid", json!("ins_next"));
        assert_eq!(bear(&clerk, &next).await.body, USER);
    }
    // One key twice is no conflict.
    let (upstream, clerk) = forge::instance();
    upstream.publish(&[forge::jwk(KID), forge::jwk(KID)]);
    assert_eq!(bear(&clerk, &forge::token()).await.body, USER);
}

#[tokio::test]
async fn j7_redirects_and_ssrf() {
    let builder = || {
        Clerk::builder()
            .publishable_key("pk_test_Y2xlcmsuYXR0YWNrcy50ZXN0JA")
            .secret_key("sk_test_forge")
    };
    for url in [
        "http://api.clerk.com",
        "http://127.0.0.1.evil.test",
        "http://169.254.169.254",
        "http://localhost.evil.test",
        "file:///etc/passwd",
        "ftp://api.clerk.com",
        "https://user@api.clerk.com",
        "//api.clerk.com",
    ] {
        assert!(builder().api_url(url).build().is_err(), "{url}");
    }
    for url in ["https://api.clerk.com", "http://127.0.0.1:1", "http://[::1]:1"] {
        builder().api_url(url).build().unwrap();
    }
    // A server that sends elsewhere, where a good key set would be had.
    let elsewhere = LocalInstance::start().await.unwrap();
    let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", server.local_addr().unwrap());
    let location = format!("{}/v1/jwks", elsewhere.url());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = server.accept().await.unwrap();
            _ = stream.read(&mut [0; 4096]).await;
            let answer = format!(
                "HTTP/1.1 307 Temporary Redirect\r\nlocation: {location}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
            _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    let clerk = builder().api_url(url).build().unwrap();
    bear(&clerk, &elsewhere.user("ada").token()).await.assert_is(503);
    assert_eq!(elsewhere.requests().len(), 0, "the redirect was followed");
    // Nor does a token say who is asked.
    let (upstream, clerk) = forge::instance();
    let token = forge::with_claim("iss", json!(elsewhere.url()));
    bear(&clerk, &token).await.assert_refused("token-invalid-issuer");
    assert_eq!(upstream.calls(), ["GET https://api.clerk.com/v1/jwks"]);
    assert_eq!(elsewhere.requests().len(), 0);
}

#[tokio::test]
async fn j8_huge_or_hung_jwks() {
    let (upstream, clerk) = forge::instance();
    let mut padded = forge::jwk(KID);
    padded["x"] = json!("x".repeat(64 * 1024));
    upstream.publish(&[padded]);
    bear(&clerk, &forge::token()).await.assert_is(503);
    // Sixty-four keys are read, and not one more.
    let (upstream, clerk) = forge::instance();
    let kid = |number: usize| format!("ins_{number}");
    let small = |number| json!({"kid": kid(number)});
    let mut keys: Vec<_> = (0..63).map(small).collect();
    keys.extend([forge::jwk("ins_last"), forge::jwk("ins_beyond")]);
    upstream.publish(&keys);
    let named = |kid: &str| forge::with_header("kid", json!(kid));
    assert_eq!(bear(&clerk, &named("ins_last")).await.body, USER);
    bear(&clerk, &named("ins_beyond"))
        .await
        .assert_refused("jwk-kid-mismatch");

    // A black hole, and nobody at all: an answer within the time that one request waits, and another for all of it.
    let instance = LocalInstance::start().await.unwrap();
    instance.fault(Endpoint::Jwks, Fault::Hang);
    let builder = instance.clerk_builder().jwks_policy(JwksPolicy::default());
    let clerk = builder.build().unwrap();
    let started = Instant::now();
    let answer = bear(&clerk, &instance.user("ada").token()).await;
    assert!(
        started.elapsed() < Duration::from_secs(5),
        "{:?}",
        started.elapsed()
    );
    answer.assert_is(503);
    assert!(answer.header("retry-after").is_some());
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let nobody = instance.clerk_builder().api_url(url).build().unwrap();
    bear(&nobody, &instance.user("ada").token()).await.assert_is(503);
}
