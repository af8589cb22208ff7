//! T: claims that are odd, missing or for somebody else, under a signature that is good.

use std::time::Duration;

use clerk_runtime::ClerkBuilder;
use clerk_testing::LocalInstance;
use serde_json::{Value, json};

use crate::forge::{self, USER};
use crate::scene::{bear, bring};

/// A token with this text for the value of a claim.
fn with_text(name: &str, text: &str) -> String {
    let claims = forge::claims();
    let member = format!(r#""{name}":{}"#, claims[name]);
    let (claims, spoilt) = (claims.to_string(), format!(r#""{name}":{text}"#));
    assert!(claims.contains(&member));
    forge::sign(forge::header().to_string(), claims.replace(&member, &spoilt))
}

#[tokio::test]
async fn t1_claim_types() {
    let (_, clerk) = forge::instance();
    for name in ["exp", "nbf", "iat"] {
        for value in [
            json!("9999999999"),
            json!(1e300),
            json!(-1),
            json!(9_007_199_254_740_994_u64),
            json!(true),
            json!([9_999_999_999_u64]),
            json!({}),
            json!("NaN"),
        ] {
            bear(&clerk, &forge::with_claim(name, value))
                .await
                .assert_refused("token-verification-failed");
        }
        for text in ["null", "-0.5"] {
            bear(&clerk, &with_text(name, text))
                .await
                .assert_refused("token-verification-failed");
        }
        // What is no JSON at all.
        for text in ["NaN", "Infinity", "1e999", "0x7fffffff", "09999999999"] {
            bear(&clerk, &with_text(name, text))
                .await
                .assert_refused("token-invalid");
        }
    }
    assert_eq!(
        bear(&clerk, &forge::with_claim("exp", json!(9_999_999_999.5)))
            .await
            .body,
        USER
    );
}

#[tokio::test]
async fn t2_missing_exp_or_sub() {
    let (_, clerk) = forge::instance();
    for (name, value) in [
        ("exp", json!(null)),
        ("sub", json!(null)),
        ("sub", json!("")),
        ("sub", json!(7)),
        ("sub", json!([USER])),
    ] {
        bear(&clerk, &forge::with_claim(name, value))
            .await
            .assert_refused("token-verification-failed");
    }
}

#[tokio::test]
async fn t3_excess_leeway() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    clerk.ready().await.unwrap();
    instance.clock().freeze();
    let ada = instance.user("ada");
    // What is left of the leeway is used up at the very moment when five seconds are over.
    for (seconds, is_good) in [(1, true), (-4, true), (-5, false), (-6, false)] {
        let answer = bear(&clerk, &ada.clone().expires_in(seconds).token()).await;
        if is_good {
            assert_eq!(answer.body, ada.user_id(), "{seconds}");
        } else {
            answer.assert_refused("session-token-expired-refresh-non-eligible-no-refresh-cookie");
        }
    }
    // The same token, once it has expired six seconds ago.
    let token = ada.clone().expires_in(30).token();
    bear(&clerk, &token).await.assert_is(200);
    instance.advance(Duration::from_secs(36));
    bear(&clerk, &token)
        .await
        .assert_refused("session-token-expired-refresh-non-eligible-no-refresh-cookie");
    let error = clerk.verify_token(&token).await.unwrap_err();
    assert_eq!(error.reason().as_str(), "token-expired");
}

#[tokio::test]
async fn t4_nbf_or_iat_in_the_future() {
    let (_, clerk) = forge::instance();
    let next_year = json!(forge::now() + 365 * 86_400);
    let soon = json!(forge::now() + 60);
    for time in [next_year, soon] {
        for (name, state, reason) in [
            ("nbf", "session-token-nbf", "token-not-active-yet"),
            (
                "iat",
                "session-token-iat-in-the-future",
                "token-iat-in-the-future",
            ),
        ] {
            let mut claims = forge::claims();
            claims["exp"] = json!(forge::now() + 2 * 365 * 86_400);
            claims[name] = time.clone();
            let token = forge::sign(forge::header().to_string(), claims.to_string());
            bear(&clerk, &token).await.assert_refused(state);
            let error = clerk.verify_token(&token).await.unwrap_err();
            assert_eq!(error.reason().as_str(), reason);
        }
    }
}

#[tokio::test]
async fn t5_issuer() {
    let (_, clerk) = forge::instance();
    let own = forge::issuer();
    let evil = "https://clerk.evil.test";
    for issuer in [
        json!("https://other-instance-1.clerk.accounts.dev"),
        json!(42),
        json!([own, evil]),
        json!([own]),
        json!(null),
        json!(""),
        json!(evil),
        json!(format!("{own}/")),
        json!(format!("{own}.evil.test")),
        json!(own.to_uppercase()),
        json!(own.replace("https", "http")),
        json!("https://clerk."),
    ] {
        bear(&clerk, &forge::with_claim("iss", issuer))
            .await
            .assert_refused("token-invalid-issuer");
    }
}

/// A handle with further settings.
fn clerk_with(set: impl FnOnce(ClerkBuilder) -> ClerkBuilder) -> clerk_runtime::Clerk {
    let (upstream, _) = forge::instance();
    set(forge::clerk_builder(&upstream)).build().unwrap()
}

#[tokio::test]
async fn t6_azp() {
    let clerk =
        clerk_with(|builder| builder.authorized_parties(["https://app.test", "https://www.app.test"]));
    for party in [
        json!("https://evil.test"),
        json!(null),
        json!(""),
        json!("https://APP.test"),
        json!("https://app.test/"),
        json!("https://app.test:443"),
        json!("http://app.test"),
        json!("https://app.test.evil.test"),
        json!("https://api.app.test"),
        json!(["https://app.test"]),
        json!(1),
    ] {
        let token = forge::with_claim("azp", party);
        bear(&clerk, &token)
            .await
            .assert_refused("token-invalid-authorized-parties");
    }
    let good = forge::with_claim("azp", json!("https://app.test"));
    assert_eq!(bear(&clerk, &good).await.body, USER);
    // The cookie is judged as the header is.
    let cookie = |token: &str| format!("__session={token}; __client_uat=1; __clerk_db_jwt=dvb_1");
    let evil = forge::with_claim("azp", json!("https://evil.test"));
    bring(&clerk, &cookie(&evil))
        .await
        .assert_refused("token-invalid-authorized-parties");
    assert_eq!(bring(&clerk, &cookie(&good)).await.body, USER);
}

#[tokio::test]
async fn t7_aud() {
    let clerk = clerk_with(|builder| builder.audience(["api"]));
    for audience in [
        json!(null),
        json!({}),
        json!([1]),
        json!(["api", 1]),
        json!([]),
        json!(""),
        json!("web"),
        json!("API"),
        json!("api "),
        json!({"0": "api"}),
        json!(true),
    ] {
        bear(&clerk, &forge::with_claim("aud", audience))
            .await
            .assert_refused("token-verification-failed");
    }
    for audience in [json!("api"), json!(["web", "api"])] {
        assert_eq!(bear(&clerk, &forge::with_claim("aud", audience)).await.body, USER);
    }
}

#[tokio::test]
async fn t8_pending_session_and_year_2038() {
    let (_, clerk) = forge::instance();
    // Nobody, and there is no reason but that.
    let pending = bear(&clerk, &forge::with_claim("sts", json!("pending"))).await;
    pending.assert_is(401);
    assert_eq!(pending.body, r#"{"error":"Not authenticated"}"#);
    assert_eq!(pending.reason, None);
    for status in [json!("active"), json!(null)] {
        assert_eq!(bear(&clerk, &forge::with_claim("sts", status)).await.body, USER);
    }
    for end in [
        2_147_483_647_u64,
        2_147_483_648,
        4_294_967_296,
        9_007_199_254_740_992,
    ] {
        let end = Value::from(end);
        assert_eq!(bear(&clerk, &forge::with_claim("exp", end)).await.body, USER);
    }
}
