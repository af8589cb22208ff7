//! Requests whose cause is easily taken for another.

use clerk_runtime::clock::Clock as _;
use clerk_testing::{Endpoint, Fault, LocalInstance, TestClock};
use serde_json::json;

use crate::scene::{Told, tell};

#[track_caller]
fn assert_cause(told: &Told, cause: &str) {
    assert!(told.debug[0].contains(cause), "{cause:?} is not in {told:#?}");
    let message = told
        .headers
        .get("x-clerk-auth-message")
        .map(|value| value.to_str().unwrap());
    // The header has the sentence without values.
    assert!(
        message.is_some_and(|message| told.debug[0].contains(message)),
        "{message:?} {told:#?}"
    );
}

#[tokio::test]
async fn header_and_event_tell_the_same_cause() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let token = instance.user("ada").token();
    for header in [
        format!("Bearer Bearer {token}"),
        token.clone(),
        "Bearer a b".to_owned(),
        "Bearer undefined".to_owned(),
        "ak_1".to_owned(),
    ] {
        let told = tell(&clerk, "/me", &[("authorization", &header)]).await;
        let message = told.headers["x-clerk-auth-message"].to_str().unwrap();
        assert!(told.debug[0].contains(message), "{told:#?}");
        assert!(!message.contains("cookie"), "{told:#?}");
    }
}

#[tokio::test]
async fn opaque_token_is_refused_for_its_own_reason() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let revoked = format!("Bearer {}", instance.api_key("ada").revoked().secret());
    let told = tell(&clerk, "/keys", &[("authorization", &revoked)]).await;
    assert_cause(&told, "the token was revoked");
    assert!(!told.debug[0].contains("three parts"), "{told:#?}");
}

#[tokio::test]
async fn outage_is_no_fault_of_the_token() {
    let instance = LocalInstance::start().await.unwrap();
    let ada = instance.user("ada").token();
    let bob = instance.user("bob").token();
    instance.fault(Endpoint::Jwks, Fault::Drop);
    let clerk = instance.clerk();
    let cookies = format!("__session={ada}; __session={bob}; __client_uat=1; __clerk_db_jwt=dvb_1");
    let told = tell(&clerk, "/me", &[("cookie", &cookies)]).await;
    assert_eq!(told.status, 503);
    assert_cause(&told, "keys could not be fetched");
}

#[tokio::test]
async fn claims_that_contradict_themselves_are_no_outage() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let odd = instance
        .user("ada")
        .org("acme")
        .claim("fea", "o:invoices")
        .claim(
            "o",
            json!({ "id": "org_1", "rol": "admin", "per": "read", "fpm": 3 }),
        )
        .bearer();
    let told = tell(&clerk, "/me", &[("authorization", &odd)]).await;
    assert_cause(&told, "contradict themselves");
}

#[tokio::test]
async fn clock_is_blamed_only_for_what_it_explains() {
    let instance = LocalInstance::start().await.unwrap();
    let clock = TestClock::new();
    clock.set_unix_millis(instance.clock().unix_millis() + 8_000);
    let ahead = instance.clerk_builder().clock(clock).build().unwrap();
    let old = instance.user("ada").expires_in(-864_000).bearer();
    let told = tell(&ahead, "/me", &[("authorization", &old)]).await;
    assert_cause(&told, "the token has expired (`exp`)");
    let clerk = instance.clerk();
    let later = instance.clock().unix_millis() / 1000 + 31_536_000;
    let early = instance
        .user("ada")
        .expires_in(40_000_000)
        .claim("nbf", later)
        .bearer();
    let told = tell(&clerk, "/me", &[("authorization", &early)]).await;
    assert_cause(&told, "the token is not valid yet (`nbf`)");
    assert!(told.debug[0].contains("agrees with Clerk's"), "{told:#?}");
}

#[tokio::test]
async fn cookies_of_another_application_on_the_same_host_are_told_apart() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let foreign = "__session_AAAAAAAA=x; __client_uat_AAAAAAAA=1";
    let both = format!("{foreign}; __session=x; __client_uat=1");
    let told = tell(&clerk, "/me", &[("cookie", &both)]).await;
    assert_cause(&told, "of another instance of Clerk");
    let signed_out = "__client_uat=0; __clerk_db_jwt=dvb_1; __session=x";
    let told = tell(&clerk, "/me", &[("cookie", signed_out)]).await;
    assert!(!told.debug[0].contains("missing beside"), "{told:#?}");
}

#[tokio::test]
async fn audience_is_named_only_if_it_is_the_cause() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance
        .clerk_builder()
        .audience(["https://api.example.com"])
        .build()
        .unwrap();
    let told = tell(
        &clerk,
        "/me",
        &[(
            "authorization",
            &instance.user("ada").without_claim("sub").bearer(),
        )],
    )
    .await;
    assert!(!told.debug[0].contains("CLERK_AUDIENCE"), "{told:#?}");
    assert_cause(&told, "missing, malformed or not as configured");
}

#[tokio::test]
async fn secret_key_is_told_wherever_it_stands() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let header = format!("Basic {}", instance.secret_key());
    let told = tell(&clerk, "/me", &[("authorization", &header)]).await;
    assert_cause(&told, "a secret key was sent in place of a token");
    assert!(told.debug[0].contains("rotate the key"), "{told:#?}");
}
