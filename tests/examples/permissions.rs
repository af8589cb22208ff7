use clerk_testing::{DashboardKeys, LocalInstance};

use crate::process::{Running, command, fits, request};

#[path = "../../examples/permissions/keys.rs"]
mod keys;

const TABLE: &str = "\
GET, HEAD  /health         public
GET, HEAD  /invoices       permission org:invoices:read
POST       /invoices       permission org:invoices:write
GET, HEAD  /invoices/{id}  permission org:invoices:read
DELETE     /invoices/{id}  all(role org:admin, permission org:invoices:write, reverification strict)
GET, HEAD  /me             signed in
POST       /reports        scope reports:write with api_key";

#[test]
fn the_table_is_printed_and_every_offered_line_answered_as_announced() {
    let mut permissions = Running::start("permissions", &[]);
    assert_eq!(permissions.block().join("\n"), TABLE);
    let offers = permissions.offers(11);
    let statuses: Vec<_> = offers.iter().map(|offer| offer.status).collect();
    assert_eq!(statuses, [200, 401, 200, 403, 200, 200, 200, 200, 403, 200, 401]);
    for offer in &offers {
        let answer = request(&offer.method, &offer.url, offer.authorization.as_deref());
        assert_eq!(answer.status, offer.status, "{offer:?}");
        assert!(fits(&answer.body, &offer.body), "{offer:?}: {}", answer.body);
    }
    assert_eq!(permissions.interrupt().0, Some(0));
}

const CHECKED_IN: &str = include_str!("../../examples/permissions/clerk-keys.json");

#[test]
fn the_checked_in_list_is_what_is_exported_and_what_is_declared() {
    let output = command("permissions", &[]).arg("export").output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap(), CHECKED_IN);
    let keys = DashboardKeys::from_json(CHECKED_IN).unwrap();
    keys.match_permissions(keys::Perm::ALL).unwrap();
    keys.match_roles(keys::Roles::ALL).unwrap();
}

#[tokio::test]
async fn a_dashboard_that_drifts_is_noticed() {
    let instance = LocalInstance::start().await.unwrap();
    instance.organization("acme").role(
        "org:admin",
        [
            "org:invoices:read",
            "org:invoices:send",
            "org:sys_memberships:manage",
        ],
    );
    let clerk = instance.clerk();
    let keys = DashboardKeys::export(clerk.client()).await.unwrap();
    assert_eq!(DashboardKeys::from_json(&keys.to_json()), Ok(keys.clone()));
    let drift = keys.match_permissions(keys::Perm::ALL).unwrap_err();
    assert_eq!(
        drift.to_string(),
        "declared in the code but unknown to the instance: org:invoices:write; known to the instance but not declared in \
         the code: org:invoices:send"
    );
    keys.match_roles(keys::Roles::ALL).unwrap();
}

#[tokio::test]
async fn a_list_of_many_pages_is_exported_whole() {
    let instance = LocalInstance::start().await.unwrap();
    let many = (0..1_203).map(|number| format!("org:many:{number}"));
    instance.organization("acme").role("org:admin", many);
    let keys = DashboardKeys::export(instance.clerk().client()).await.unwrap();
    assert_eq!(keys.to_json().matches("org:many:").count(), 1_203);
}

#[test]
fn what_is_no_list_is_refused() {
    for text in [
        "",
        "[]",
        "{}",
        r#"{"permissions":[]}"#,
        r#"{"permissions":[1],"roles":[]}"#,
    ] {
        assert!(DashboardKeys::from_json(text).is_err(), "{text}");
    }
}
