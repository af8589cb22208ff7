//! Checks the findings of `Clerk::diagnose`.

use clerk_runtime::clock::Clock;
use clerk_runtime::diagnose::{Check, Diagnosis, Severity};
use clerk_testing::{Endpoint, Fault, LocalInstance, TestClock};

clerk_runtime::permissions! {
    Perm {
        InvoicesRead = "org:invoices:read",
        InvoicesSend = "org:invoices:send",
    }
}

clerk_runtime::roles! {
    Roles {
        Admin = "org:admin",
        Owner = "org:owner",
    }
}

#[track_caller]
fn assert_found(diagnosis: &Diagnosis, check: Check, severity: Severity, text: &str) {
    let found = diagnosis
        .of(check)
        .any(|finding| finding.severity == severity && finding.message.contains(text));
    assert!(found, "{severity} {check} {text:?} is not in\n{diagnosis}");
    let has_fix = |finding: &clerk_runtime::diagnose::Finding| finding.fix.is_some();
    for finding in diagnosis.findings() {
        assert_eq!(
            has_fix(finding),
            finding.severity >= Severity::Warning,
            "{finding}"
        );
    }
}

#[tokio::test]
async fn configuration_that_fits_has_no_problem() {
    for instance in [
        LocalInstance::start().await.unwrap(),
        LocalInstance::builder()
            .production("app.localhost")
            .start()
            .await
            .unwrap(),
    ] {
        let clerk = instance
            .clerk_builder()
            .jwt_key(instance.jwt_key())
            .build()
            .unwrap();
        let diagnosis = clerk.diagnose().await;
        assert!(diagnosis.worst() <= Severity::Warning, "{diagnosis}");
        for check in [
            Check::Reachability,
            Check::SecretKey,
            Check::OneInstance,
            Check::JwtKey,
            Check::Clock,
        ] {
            assert_eq!(
                diagnosis.of(check).map(|found| found.severity).max(),
                Some(Severity::Good),
                "{check}\n{diagnosis}"
            );
        }
    }
}

#[tokio::test]
async fn keys_of_two_instances_are_a_problem() {
    let (own, other) = tokio::join!(LocalInstance::start(), LocalInstance::start());
    let (own, other) = (own.unwrap(), other.unwrap());
    let secret = own
        .clerk_builder()
        .secret_key(other.secret_key())
        .api_url(other.url())
        .build()
        .unwrap();
    let publishable = own
        .clerk_builder()
        .publishable_key(other.publishable_key())
        .build()
        .unwrap();
    for clerk in [secret, publishable] {
        let diagnosis = clerk.diagnose().await;
        assert_found(
            &diagnosis,
            Check::OneInstance,
            Severity::Problem,
            "CLERK_SECRET_KEY of",
        );
    }
    // Without the list of domains the published keys tell.
    let clerk = own
        .clerk_builder()
        .secret_key(other.secret_key())
        .api_url(other.url())
        .build()
        .unwrap();
    other.fault(Endpoint::Domains, Fault::Status(404));
    let diagnosis = clerk.diagnose().await;
    assert_found(
        &diagnosis,
        Check::OneInstance,
        Severity::Problem,
        "are not those of",
    );
    let clerk = own.clerk_builder().jwt_key(other.jwt_key()).build().unwrap();
    let diagnosis = clerk.diagnose().await;
    assert_found(
        &diagnosis,
        Check::JwtKey,
        Severity::Problem,
        "none of the instance's keys",
    );
}

#[tokio::test]
async fn clock_is_compared_with_clerks() {
    let instance = LocalInstance::start().await.unwrap();
    for (ahead, severity, text) in [
        (
            120_000,
            Severity::Problem,
            "ahead of Clerk's: tokens seem to have expired",
        ),
        (-120_000, Severity::Problem, "behind Clerk's: new tokens seem"),
        (0, Severity::Good, "agrees"),
    ] {
        let clock = TestClock::new();
        clock.set_unix_millis(instance.clock().unix_millis() + ahead);
        let clerk = instance.clerk_builder().clock(clock).build().unwrap();
        assert_found(&clerk.diagnose().await, Check::Clock, severity, text);
    }
}

#[tokio::test]
async fn unreachable_clerk_has_a_cause() {
    let instance = LocalInstance::start().await.unwrap();
    let api = |url: &str| instance.clerk_builder().api_url(url).build().unwrap();
    let diagnosis = api("http://127.0.0.1:1").diagnose().await;
    assert_found(
        &diagnosis,
        Check::Reachability,
        Severity::Problem,
        "127.0.0.1:1: the connection was refused",
    );
    let diagnosis = api("https://clerk.invalid").diagnose().await;
    assert_found(
        &diagnosis,
        Check::Reachability,
        Severity::Problem,
        "clerk.invalid: the name cannot be resolved",
    );
    instance.fault(Endpoint::Jwks, Fault::Garbage);
    let diagnosis = instance.clerk().diagnose().await;
    assert_found(
        &diagnosis,
        Check::Reachability,
        Severity::Problem,
        "not with the instance's keys",
    );
    instance.clear_faults();
    let clerk = instance
        .clerk_builder()
        .secret_key("sk_test_ofSomebodyElse")
        .build()
        .unwrap();
    let diagnosis = clerk.diagnose().await;
    assert_found(
        &diagnosis,
        Check::SecretKey,
        Severity::Problem,
        "Clerk refuses CLERK_SECRET_KEY",
    );
    assert!(!diagnosis.to_string().contains("ofSomebodyElse"), "{diagnosis}");
}

#[tokio::test]
async fn declared_keys_are_compared_with_the_instances() {
    let instance = LocalInstance::start().await.unwrap();
    instance
        .organization("acme")
        .role("org:admin", ["org:invoices:read"]);
    let clerk = instance.clerk();
    let diagnosis = clerk.diagnose().roles(Roles::ALL).permissions(Perm::ALL).await;
    assert_found(
        &diagnosis,
        Check::Permissions,
        Severity::Problem,
        "org:invoices:send",
    );
    assert_found(&diagnosis, Check::Roles, Severity::Problem, "org:owner");
    assert!(
        !diagnosis
            .of(Check::Permissions)
            .any(|found| found.message.contains("invoices:read")),
        "{diagnosis}"
    );
}

#[tokio::test]
async fn parties_of_other_domains_are_a_warning() {
    let instance = LocalInstance::builder()
        .production("app.localhost")
        .start()
        .await
        .unwrap();
    for (parties, warns) in [
        (
            &["http://app.localhost:3000", "http://www.app.localhost"][..],
            false,
        ),
        (&["http://app.localhost:3000", "http://ap.localhost:3000"], true),
    ] {
        let clerk = instance
            .clerk_builder()
            .authorized_parties(parties.iter().copied())
            .build()
            .unwrap();
        let diagnosis = clerk.diagnose().await;
        let found = diagnosis.of(Check::AuthorizedParties).any(|finding| {
            finding.severity == Severity::Warning && finding.message.contains("http://ap.localhost:3000")
        });
        assert_eq!(found, warns, "{diagnosis}");
    }
}
