//! Mistakes in how an application, or the instance's dashboard, is configured.

use clerk_runtime::Clerk;
use clerk_testing::{Endpoint, Fault, LocalInstance, TestClock};
use serde_json::json;

use crate::scene::{Told, tell, tell_of};

async fn tell_ada(clerk: &Clerk, bearer: &str) -> Told {
    tell(clerk, "/me", &[("authorization", bearer)]).await
}

#[tokio::test]
async fn keys_of_two_instances_are_told_apart() {
    let (own, other) = tokio::join!(LocalInstance::start(), LocalInstance::start());
    let (own, other) = (own.unwrap(), other.unwrap());
    let bearer = own.user("ada").bearer();

    let told = tell_ada(&own.clerk(), &other.user("ada").bearer()).await;
    told.assert_told(
        401,
        "jwk-kid-mismatch",
        "from another instance",
        "use one instance in both",
    );
    assert!(
        told.explanation.contains(&format!("made by {}", other.issuer())),
        "{told:#?}"
    );
    assert!(
        told.explanation
            .contains(&format!("configured for {}", own.issuer())),
        "{told:#?}"
    );

    let clerk = own.clerk_builder().jwt_key(other.jwt_key()).build().unwrap();
    let told = tell_ada(&clerk, &bearer).await;
    told.assert_told(
        401,
        "token-invalid-signature",
        "does not match CLERK_JWT_KEY",
        "CLERK_JWT_KEY is probably of another instance",
    );

    let clerk = own
        .clerk_builder()
        .publishable_key(other.publishable_key())
        .proxy_url(other.frontend_url())
        .build()
        .unwrap();
    let told = tell_ada(&clerk, &bearer).await;
    told.assert_told(
        401,
        "token-invalid-issuer",
        "not from this instance (`iss`)",
        "CLERK_PUBLISHABLE_KEY is of another one",
    );

    let clerk = own
        .clerk_builder()
        .secret_key(other.secret_key())
        .api_url(other.url())
        .build()
        .unwrap();
    let told = tell_ada(&clerk, &bearer).await;
    told.assert_told(
        401,
        "jwk-kid-mismatch",
        "no key that CLERK_SECRET_KEY fetches",
        "CLERK_SECRET_KEY is probably of another instance",
    );
}

#[tokio::test]
async fn clock_of_this_machine_is_compared_with_clerks() {
    let instance = LocalInstance::start().await.unwrap();
    let bearer = instance.user("ada").bearer();
    for (ahead, reason, cause, fix) in [
        (
            120_000,
            "session-token-expired-refresh-non-eligible-no-refresh-cookie",
            "this machine's clock is ahead of Clerk's",
            "set the clock of this machine",
        ),
        (
            -120_000,
            "session-token-nbf",
            "clock is behind Clerk's",
            "set the clock of this machine",
        ),
    ] {
        let clock = TestClock::new();
        clock.set_unix_millis(clerk_runtime::clock::Clock::unix_millis(&instance.clock()) + ahead);
        let clerk = instance.clerk_builder().clock(clock).build().unwrap();
        let told = tell_ada(&clerk, &bearer).await;
        told.assert_told(401, reason, cause, fix);
        let seconds = if ahead > 0 {
            "s ahead of Clerk's"
        } else {
            "s behind Clerk's"
        };
        assert!(told.explanation.contains(seconds), "{told:#?}");
        assert!(told.debug[0].contains("seconds="), "{told:#?}");
    }
}

#[tokio::test]
async fn claims_are_compared_with_the_settings() {
    let instance = LocalInstance::start().await.unwrap();
    let ada = || instance.user("ada");
    let parties = instance
        .clerk_builder()
        .authorized_parties(["https://app.example.com"])
        .build()
        .unwrap();
    for (bearer, cause, fix) in [
        (
            ada().azp("https://other.test").bearer(),
            "not an authorized party",
            "if https://other.test is a front end",
        ),
        (
            ada().azp("https://app.example.com:444").bearer(),
            "differs from https://app.example.com by the port",
            "exactly as it is written here",
        ),
        (
            ada().without_claim("azp").bearer(),
            "does not name the site",
            "`any_authorized_party()`",
        ),
    ] {
        let told = tell_ada(&parties, &bearer).await;
        told.assert_told(401, "token-invalid-authorized-parties", cause, fix);
        assert!(
            told.debug[0].contains("expected=\"https://app.example.com\""),
            "{told:#?}"
        );
    }
    let clerk = instance
        .clerk_builder()
        .audience(["https://api.example.com"])
        .build()
        .unwrap();
    for bearer in [ada().bearer(), ada().claim("aud", "https://other.test").bearer()] {
        let told = tell_ada(&clerk, &bearer).await;
        told.assert_told(
            401,
            "token-verification-failed",
            "this application's audience (`aud`)",
            "unset CLERK_AUDIENCE",
        );
    }
    let told = tell_ada(&instance.clerk(), &ada().expired().bearer()).await;
    told.assert_told(
        401,
        "session-token-expired-refresh-non-eligible-no-refresh-cookie",
        "the token has expired (`exp`): it expired",
        "before each request",
    );
    let told = tell_ada(&instance.clerk(), &ada().signed_by_other_key().bearer()).await;
    told.assert_told(
        401,
        "token-invalid-signature",
        "was changed or forged",
        "your configuration is not the cause",
    );
}

#[tokio::test]
async fn caller_who_is_signed_in_is_refused_with_a_reason() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let ada = instance.user("ada").bearer();
    let bearer = [("authorization", &*ada)];
    let told = tell(&clerk, "/org", &bearer).await;
    assert_event(
        &told,
        403,
        "missing",
        "an active organization",
        "<OrganizationSwitcher />",
    );
    assert!(told.explanation.contains("none is active"), "{told:#?}");

    let told = tell(&clerk, "/invoices", &bearer).await;
    assert_event(
        &told,
        403,
        "denied",
        "permission org:invoices:read is missing",
        "have the user choose an organization",
    );

    let told = tell(&clerk, "/plan", &bearer).await;
    assert_event(&told, 403, "claims", "plan_of_user", "`Claims<T>`");

    let cookie = instance.user("ada").cookie();
    let headers = [("cookie", &*cookie), ("origin", "https://evil.test")];
    let told = tell_of(&clerk, "POST", "/me", &headers).await;
    told.assert_told(
        403,
        "cross-site",
        "another site made the request",
        "`Authorization: Bearer`",
    );
    assert!(told.explanation.contains("https://evil.test"), "{told:#?}");
    assert!(told.explanation.contains("rule     D10"), "{told:#?}");
}

#[track_caller]
fn assert_event(told: &Told, status: u16, reason: &str, cause: &str, fix: &str) {
    assert_eq!(told.status.as_u16(), status, "{told:#?}");
    let event = &told.debug[0];
    for text in [&format!("reason=\"{reason}\""), cause, fix] {
        assert!(event.contains(text), "{text:?} is not in {told:#?}");
    }
    assert!(!told.usual.is_empty(), "{told:#?}");
}

#[tokio::test]
async fn outage_is_told_with_its_cause() {
    let instance = LocalInstance::start().await.unwrap();
    let bearer = instance.user("ada").bearer();
    instance.fault(Endpoint::Jwks, Fault::Drop);
    let told = tell_ada(&instance.clerk(), &bearer).await;
    assert_event(
        &told,
        503,
        "unexpected-error",
        "could not be fetched",
        "`clerk.diagnose()`",
    );
    instance.clear_faults();
    let clerk = instance
        .clerk_builder()
        .secret_key("sk_test_thisIsNotTheKeyOfTheInstance")
        .build()
        .unwrap();
    let told = tell_ada(&clerk, &bearer).await;
    assert_event(
        &told,
        503,
        "secret-key-invalid",
        "Clerk refused the secret key",
        "copy CLERK_SECRET_KEY",
    );
}

#[tokio::test]
async fn claims_of_no_concern_are_named_and_not_shown() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let bearer = instance
        .user("ada")
        .claim("diagnosis", "tuberculosis")
        .claim("metadata", json!({ "salary": 90_000 }))
        .bearer();
    let told = tell_ada(&clerk, &bearer).await;
    assert_eq!(told.status, 200);
    assert!(told.explanation.contains("others: diagnosis, "), "{told:#?}");
    assert!(
        !told.explanation.contains("tuberculosis") && !told.explanation.contains("90000"),
        "{told:#?}"
    );
    assert!(told.explanation.starts_with("signed in\n"), "{told:#?}");
}
