//! Users who sign in, move about and sign out: each request of the application on their way is judged by both sides.

use std::time::Duration;

use clerk_testing::{Handover, LocalInstance};

use crate::browser::{Browser, Side};
use crate::judges::Judges;

async fn instance(production: bool, handover: Handover) -> LocalInstance {
    let mut builder = LocalInstance::builder().handover(handover);
    if production {
        builder = builder.production("app.localhost").satellite("shop.localhost");
    }
    let instance = builder.start().await.unwrap();
    instance
        .organization("acme")
        .member("ada", "org:admin")
        .member("bob", "org:member");
    instance
}

/// A whole day of a user's. Gives back the reasons of all redirects.
async fn journey(production: bool, handover: Handover, side: Side) -> Option<(Vec<String>, usize)> {
    let judges = Judges::of(instance(production, handover).await, None)?;
    let origin = if production {
        "http://app.localhost:3000"
    } else {
        "http://localhost:3000"
    };
    let mut browser = Browser::new(judges, side, origin);
    let [sign_in, sign_out, organizations] = {
        let instance = &browser.judges.instance;
        [
            instance.sign_in_url(),
            instance.sign_out_url(),
            instance.organization_url(),
        ]
    };
    let ada = browser.judges.instance.user("ada").user_id();
    let mut all = Vec::new();

    let (verdict, reasons) = browser.navigate("/page?a=1").await;
    assert_eq!(verdict.status, "signed-out");
    all.extend(reasons);

    let (verdict, reasons) = browser
        .submit(&sign_in, &[("identifier", "ada")], "/page?a=1")
        .await;
    assert_eq!(verdict.auth["userId"], ada);
    all.extend(reasons);

    let (verdict, reasons) = browser.navigate("/orgs/acme").await;
    assert_eq!(verdict.auth["orgSlug"], "acme");
    all.extend(reasons);
    let (verdict, reasons) = browser.navigate("/me").await;
    assert!(!verdict.auth.contains_key("orgSlug"), "{verdict:?}");
    all.extend(reasons);
    let (verdict, reasons) = browser
        .submit(&organizations, &[("organization_id", "acme")], "/page")
        .await;
    assert_eq!(verdict.auth["orgRole"], "org:admin");
    all.extend(reasons);

    browser.judges.instance.advance(Duration::from_secs(70));
    let (verdict, reasons) = browser.navigate("/page").await;
    assert_eq!(verdict.auth["userId"], ada);
    all.extend(reasons);

    browser.judges.instance.advance(Duration::from_secs(2));
    let (verdict, reasons) = browser.submit(&sign_in, &[("identifier", "bob")], "/page").await;
    assert_eq!(verdict.status, "signed-in");
    assert_ne!(verdict.auth["userId"], ada);
    all.extend(reasons);

    browser.judges.instance.advance(Duration::from_secs(2));
    let (verdict, reasons) = browser.submit(&sign_out, &[], "/page").await;
    assert_eq!(verdict.status, "signed-out");
    all.extend(reasons);
    let (verdict, reasons) = browser.navigate("/page").await;
    assert_eq!(verdict.status, "signed-out");
    all.extend(reasons);
    Some((all, browser.judges.count))
}

#[tokio::test]
async fn a_handshake_by_token_is_judged_by_both_at_each_step() {
    for production in [false, true] {
        let Some((reasons, count)) = journey(production, Handover::Token, Side::Both).await else {
            return;
        };
        println!("{count} requests compared, redirected for {reasons:?}");
    }
}

/// A nonce can be used once, so each side goes its own way, and the ways have to be the same.
#[tokio::test]
async fn a_handshake_by_nonce_leads_both_the_same_way() {
    for production in [false, true] {
        let Some((ours, _)) = journey(production, Handover::Nonce, Side::Ours).await else {
            return;
        };
        let (theirs, _) = journey(production, Handover::Nonce, Side::Theirs).await.unwrap();
        assert_eq!(ours, theirs);
        println!("redirected for {ours:?}");
    }
}

#[tokio::test]
async fn a_satellite_is_led_the_same_way() {
    let instance = instance(true, Handover::Token).await;
    let Some(primary) = Judges::of(instance, None) else {
        return;
    };
    let mut browser = Browser::new(primary, Side::Both, "http://app.localhost:3000");
    let sign_in = browser.judges.instance.sign_in_url();
    browser.navigate("/").await;
    browser.submit(&sign_in, &[("identifier", "ada")], "/").await;
    let ada = browser.judges.instance.user("ada").user_id();
    let satellite = browser.judges.as_satellite("shop.localhost");
    let mut browser = browser.on(satellite, "http://shop.localhost:3001");
    let (verdict, reasons) = browser.navigate("/cart").await;
    assert_eq!(verdict.auth["userId"], ada);
    assert_eq!(reasons, ["satellite-needs-syncing"]);
    println!("{} requests compared", browser.judges.count);
}
