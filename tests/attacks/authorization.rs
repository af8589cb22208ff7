//! Z: requirements that ask for nothing, for several things, or for what the caller does not have.

use axum::Router;
use axum::extract::Path;
use axum::routing::get as on_get;
use clerk_runtime::authorize::{Feature, Permission, Plan, Role};
use clerk_runtime::{Auth, Clerk, OrgId, Rejection, Requirement, protected};
use clerk_testing::{LocalInstance, TokenBuilder};
use serde_json::json;

use crate::scene::get;

#[protected(role = "org:admin", reverification = "strict")]
async fn admin_of_late() {}

#[protected(all(
    any(permission = "org:a:read", permission = "org:b:read"),
    permission = "org:d:read"
))]
async fn a_or_b_and_d() {}

#[protected(any(
    all(permission = "org:a:read", permission = "org:b:read"),
    permission = "org:d:read"
))]
async fn a_and_b_or_d() {}

#[protected(reverification(level = "first_factor", after_minutes = 10))]
async fn verified() {}

#[protected(feature = "invoices")]
async fn featured() {}

#[protected]
async fn of_any_organization(org_id: OrgId) -> String {
    org_id.into()
}

/// A page of one organization: which one the caller is in, only the token says.
#[protected]
async fn of_this_organization(org_id: OrgId, Path(asked): Path<String>) -> Result<String, Rejection> {
    if org_id == *asked {
        Ok(asked)
    } else {
        Err(Rejection::not_authorized("the organization of the page"))
    }
}

fn app(clerk: &Clerk) -> Router {
    Router::new()
        .route("/admin", on_get(admin_of_late))
        .route("/a-or-b-and-d", on_get(a_or_b_and_d))
        .route("/a-and-b-or-d", on_get(a_and_b_or_d))
        .route("/verified", on_get(verified))
        .route("/featured", on_get(featured))
        .route("/org", on_get(of_any_organization))
        .route("/orgs/{org}", on_get(of_this_organization))
        .with_state(clerk.clone())
}

async fn status(app: &Router, path: &str, who: &TokenBuilder) -> u16 {
    let answer = get(app, path, &[("authorization", &who.bearer())]).await;
    if answer.status == 403 && !answer.body.contains("clerk_error") {
        assert_eq!(answer.body, r#"{"error":"Not authorized"}"#);
        assert_eq!(answer.header("www-authenticate"), None);
    }
    answer.status.as_u16()
}

#[tokio::test]
async fn z1_vacuous_or_mixed_requirements() {
    let instance = LocalInstance::start().await.unwrap();
    let admin = instance
        .user("ada")
        .org("acme")
        .role("org:admin")
        .permissions(["org:a:read"])
        .features(["o:invoices"])
        .plans(["o:pro"])
        .fva(1, 1);
    let auth: Auth = instance.auth(admin.bearer()).await.unwrap();
    assert!(auth.has(Role("org:admin")) && auth.has(Feature("invoices")) && auth.has(Plan("pro")));
    let nothing = Requirement::All(&[]);
    let vacuous = [nothing];
    let with_nothing = [Requirement::role("org:admin"), nothing];
    for requirement in [
        Requirement::Any(&[]),
        Requirement::All(&[]),
        Requirement::Any(&vacuous),
        Requirement::All(&vacuous),
        Requirement::All(&with_nothing),
        Role("").into(),
        Role("org:").into(),
        Role(" org:admin").into(),
        Role("ORG:ADMIN").into(),
        Permission("").into(),
        Permission("org:a").into(),
        Feature("").into(),
        Feature("bogus:invoices").into(),
        Feature("user:invoices").into(),
        Feature("org:").into(),
        Plan("").into(),
        Plan("bogus:pro").into(),
    ] {
        assert!(!auth.has(requirement), "{requirement}");
    }
    // Of two things that are asked, one is not enough.
    let app = app(&instance.clerk());
    assert_eq!(status(&app, "/admin", &admin).await, 200);
    assert_eq!(status(&app, "/admin", &admin.clone().fva(30, 30)).await, 403);
    assert_eq!(
        status(&app, "/admin", &admin.clone().role("org:member")).await,
        403
    );
    assert_eq!(status(&app, "/featured", &admin).await, 200);
    let bogus = instance.user("ada").org("acme").features(["bogus:invoices"]);
    assert_eq!(status(&app, "/featured", &bogus).await, 403);
}

#[test]
fn z1_an_empty_requirement_does_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/requirements/any_empty.rs");
    cases.compile_fail("ui/requirements/all_empty.rs");
    cases.compile_fail("ui/keys/role_empty.rs");
}

#[tokio::test]
async fn z2_wrong_or_absent_organization() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance.clerk());
    let ada = instance.user("ada");
    let in_acme = ada.clone().org("acme");
    let acme = in_acme.org_id().unwrap();
    let other = ada.clone().org("other").org_id().unwrap();
    assert_eq!(status(&app, "/org", &ada).await, 403);
    assert_eq!(status(&app, &format!("/orgs/{acme}"), &ada).await, 403);
    assert_eq!(status(&app, &format!("/orgs/{other}"), &in_acme).await, 403);
    assert_eq!(status(&app, &format!("/orgs/{acme}"), &in_acme).await, 200);
    assert_eq!(status(&app, "/org", &in_acme).await, 200);
    // A role without an organization is none, in whichever version of the claims it is written.
    let nowhere = ada.clone().claim("org_role", "org:admin").fva(1, 1);
    let in_none = nowhere.clone().claim("o", json!({"rol": "admin"}));
    for who in [nowhere.clone(), nowhere.clone().v1(), in_none] {
        assert_eq!(status(&app, "/admin", &who).await, 403);
    }
    let somewhere = nowhere.v1().claim("org_id", "org_1");
    assert_eq!(status(&app, "/admin", &somewhere).await, 200);
    // Factors that were never verified, or of which the token says nothing that can be understood.
    for age in [
        json!([-1, -1]),
        json!(null),
        json!([]),
        json!([0]),
        json!([0, 0, 0]),
        json!(["0", "0"]),
        json!([-2, -2]),
        json!([0.5, -7]),
        json!([10, -1]),
        json!(0),
    ] {
        let who = in_acme.clone().claim("fva", age.clone());
        assert_eq!(status(&app, "/verified", &who).await, 403, "{age}");
    }
    assert_eq!(status(&app, "/verified", &in_acme.clone().fva(9, -1)).await, 200);
    let silent = in_acme.clone().without_claim("fva");
    assert_eq!(status(&app, "/verified", &silent).await, 403);
}

#[tokio::test]
async fn z3_boolean_precedence() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance.clerk());
    for bits in 0..8 {
        let [a, b, d] = [bits & 1 != 0, bits & 2 != 0, bits & 4 != 0];
        let names = [("org:a:read", a), ("org:b:read", b), ("org:d:read", d)];
        let held = names.iter().filter(|(_, held)| *held).map(|(name, _)| *name);
        let who = instance.user("ada").org("acme").permissions(held);
        let expected = |holds: bool| if holds { 200 } else { 403 };
        assert_eq!(
            status(&app, "/a-or-b-and-d", &who).await,
            expected((a || b) && d),
            "{a} {b} {d}"
        );
        assert_eq!(
            status(&app, "/a-and-b-or-d", &who).await,
            expected((a && b) || d),
            "{a} {b} {d}"
        );
    }
}
