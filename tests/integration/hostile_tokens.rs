//! Tokens from somebody who knows the rules. Each has to be refused, quickly and for the reason that is due.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use clerk_runtime::Clerk;
use clerk_testing::LocalInstance;
use serde_json::json;

async fn reason(clerk: &Clerk, token: &str) -> &'static str {
    clerk
        .verify_token(token)
        .await
        .map_or_else(|error| error.reason().as_str(), |_| "accepted")
}

fn encode(text: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(text)
}

#[tokio::test]
async fn size_depth_and_count_are_bounded_before_anything_is_decoded() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let header = encode(r#"{"alg":"RS256","kid":"ins_1"}"#);
    let nested = |levels: usize| encode([vec![b'['; levels], vec![b']'; levels]].concat());
    for token in [
        "x".repeat(1_500_000),
        ".".repeat(1_000_000),
        format!("{header}.{}.AA", nested(5_000)),
        format!("{header}.{}.AA", nested(33)),
        format!(
            "{}.{}.AA",
            encode(format!(r#"{{"alg":"RS256","x":"{}"}}"#, "x".repeat(3_000))),
            encode("{}")
        ),
        format!("{header}.{}.AA.AA.AA", encode("{}")),
        format!(r#"{{"signatures":[],"payload":"{}"}}"#, encode("{}")),
    ] {
        assert_eq!(reason(&clerk, &token).await, "token-invalid");
    }
}

#[tokio::test]
async fn claims_of_a_good_signature_are_still_judged() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let ada = || instance.user("ada");
    for (token, expected) in [
        (ada().token(), "accepted"),
        (
            ada().claim("exp", "9999999999").token(),
            "token-verification-failed",
        ),
        (ada().claim("exp", 1e300).token(), "token-verification-failed"),
        (ada().claim("exp", -1).token(), "token-verification-failed"),
        (
            ada().claim("exp", json!(null)).token(),
            "token-verification-failed",
        ),
        (ada().without_claim("exp").token(), "token-verification-failed"),
        (ada().claim("exp", 4_102_444_800_i64).token(), "accepted"),
        (ada().without_claim("sub").token(), "token-verification-failed"),
        (ada().claim("sub", "").token(), "token-verification-failed"),
        (ada().claim("sub", "user_\u{0}ada").token(), "token-invalid"),
        (ada().claim("sub", "user_1/../user_2").token(), "token-invalid"),
        (ada().claim("sid", "a/../b").token(), "token-invalid"),
        (ada().claim("o", json!({"id": "org x"})).token(), "token-invalid"),
        (ada().v1().claim("org_id", "org x").token(), "token-invalid"),
        (ada().claim("big", "x".repeat(17 * 1024)).token(), "token-invalid"),
        (ada().claim("iss", 42).token(), "token-invalid-issuer"),
        (ada().without_claim("iss").token(), "token-invalid-issuer"),
        (
            ada().claim("iss", json!([instance.issuer()])).token(),
            "token-invalid-issuer",
        ),
        (
            ada().claim("iss", format!("{}/", instance.issuer())).token(),
            "token-invalid-issuer",
        ),
        (ada().expired().token(), "token-expired"),
        (ada().not_yet_valid().token(), "token-not-active-yet"),
    ] {
        assert_eq!(reason(&clerk, &token).await, expected);
    }
}

#[tokio::test]
async fn audience_and_parties_are_demanded_once_they_are_configured() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance
        .clerk_builder()
        .audience(["api"])
        .authorized_parties(["https://app.test"])
        .build()
        .unwrap();
    let ada = || instance.user("ada").azp("https://app.test").claim("aud", "api");
    for (token, expected) in [
        (ada().token(), "accepted"),
        (ada().claim("aud", json!(["web", "api"])).token(), "accepted"),
        (ada().without_claim("aud").token(), "token-verification-failed"),
        (ada().claim("aud", json!({})).token(), "token-verification-failed"),
        (
            ada().claim("aud", json!([1])).token(),
            "token-verification-failed",
        ),
        (ada().claim("aud", "web").token(), "token-verification-failed"),
        (
            ada().without_claim("azp").token(),
            "token-invalid-authorized-parties",
        ),
        (
            ada().azp("https://app.test/").token(),
            "token-invalid-authorized-parties",
        ),
        (
            ada().azp("https://APP.test").token(),
            "token-invalid-authorized-parties",
        ),
    ] {
        assert_eq!(reason(&clerk, &token).await, expected);
    }
}

#[tokio::test]
async fn no_single_changed_character_is_accepted() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let token = instance.user("ada").token();
    assert_eq!(reason(&clerk, &token).await, "accepted");
    for at in 0..token.len() {
        let mut changed = token.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert_ne!(reason(&clerk, &changed).await, "accepted", "character {at}");
    }
}
