//! Tests, pages and the Backend API have one directory, and every change of it is told.

use std::io::{Read, Write};
use std::net::TcpStream;

use clerk_testing::LocalInstance;
use serde_json::{Value, json};

use crate::wire::{get, ok, start, text};

#[tokio::test]
async fn whom_the_api_made_can_sign_in() {
    let instance = start().await;
    let made = ok(
        &instance,
        "POST /users",
        json!({ "username": "grace", "email_address": ["grace@navy.example"], "phone_number": ["+15555550100"] }),
    );
    let id = text(&made["id"]);
    for name in ["grace", "grace@navy.example", "+15555550100", id.as_str()] {
        let grace = instance.user(name);
        assert_eq!(grace.user_id(), id, "{name}");
        let auth = instance.auth(grace.bearer()).await.unwrap();
        assert_eq!(auth.user_id().map(|id| id.to_string()), Some(id.clone()));
    }
    assert_eq!(get(&instance, "/users/count")["total_count"], 1);
    ok(
        &instance,
        &format!("PATCH /users/{id}"),
        json!({ "username": "hopper" }),
    );
    assert_eq!(instance.user("hopper").user_id(), id);
    assert_ne!(
        instance.user("grace").user_id(),
        id,
        "somebody else has the name now"
    );
}

#[tokio::test]
async fn memberships_of_the_api_are_in_tokens() {
    let instance = start().await;
    let acme = ok(&instance, "POST /organizations", json!({ "name": "Acme" }));
    let (acme, ada) = (text(&acme["id"]), instance.user("ada"));
    let _ = instance
        .organization("acme")
        .role("org:admin", ["org:invoices:read"]);
    let path = format!("/organizations/{acme}/memberships");
    ok(
        &instance,
        &format!("POST {path}"),
        json!({ "user_id": ada.user_id(), "role": "org:admin" }),
    );
    let role = async |bearer: String| {
        let auth = instance.auth(bearer).await.unwrap();
        let session = auth.session().cloned().unwrap();
        session.org_role().map(|role| role.to_string())
    };
    let by_slug = instance.user("ada").org("acme");
    assert_eq!(by_slug.org_id(), Some(acme.clone()));
    assert_eq!(role(by_slug.bearer()).await.as_deref(), Some("org:admin"));
    assert_eq!(
        role(instance.user("ada").org(&acme).bearer()).await.as_deref(),
        Some("org:admin")
    );
    ok(
        &instance,
        &format!("PATCH {path}/{}", ada.user_id()),
        json!({ "role": "org:member" }),
    );
    assert_eq!(role(by_slug.bearer()).await.as_deref(), Some("org:member"));
    // What a test says goes before that.
    assert_eq!(
        role(by_slug.role("admin").bearer()).await.as_deref(),
        Some("org:admin")
    );
}

#[tokio::test]
async fn whom_tests_made_is_seen_over_the_api() {
    let instance = start().await;
    let ada = instance.user("ada").org("acme").role("org:admin");
    let session = ada.session_id();
    assert_eq!(get(&instance, "/users")[0]["id"], ada.user_id());
    assert_eq!(get(&instance, "/organizations/acme")["id"], ada.org_id().unwrap());
    assert_eq!(
        get(&instance, &format!("/sessions/{session}"))["last_active_organization_id"],
        ada.org_id().unwrap()
    );
    let memberships = get(
        &instance,
        &format!("/users/{}/organization_memberships", ada.user_id()),
    );
    assert_eq!(memberships["data"][0]["role"], "org:admin");
    ok(
        &instance,
        &format!("PATCH /organizations/{}", ada.org_id().unwrap()),
        json!({ "slug": "new" }),
    );
    assert_eq!(instance.organization("new").id(), ada.org_id().unwrap());
}

/// Signs in on the page and returns the status.
fn sign_in(instance: &LocalInstance, name: &str) -> String {
    let address = instance.url().strip_prefix("http://").unwrap().to_owned();
    let mut stream = TcpStream::connect(&address).unwrap();
    let body = format!("identifier={}", name.replace('@', "%40"));
    write!(
        stream,
        "POST /sign-in HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().to_owned()
}

#[tokio::test]
async fn banned_and_locked_users_do_not_get_in_by_the_page() {
    let instance = start().await;
    let made = ok(
        &instance,
        "POST /users",
        json!({ "email_address": ["grace@navy.example"] }),
    );
    let id = text(&made["id"]);
    assert_eq!(sign_in(&instance, "grace@navy.example"), "303");
    let sessions = get(&instance, &format!("/sessions?user_id={id}"));
    assert_eq!(sessions[0]["status"], "active");
    for (action, undo) in [("ban", "unban"), ("lock", "unlock")] {
        ok(&instance, &format!("POST /users/{id}/{action}"), Value::Null);
        assert_eq!(sign_in(&instance, "grace@navy.example"), "403", "{action}");
        ok(&instance, &format!("POST /users/{id}/{undo}"), Value::Null);
        assert_eq!(sign_in(&instance, "grace@navy.example"), "303", "{undo}");
    }
}

#[tokio::test]
async fn every_change_is_told_once_and_as_it_is_shown() {
    let instance = start().await;
    let changes = instance.changes();
    let told = || {
        changes
            .try_iter()
            .map(|change| change.event_type)
            .collect::<Vec<_>>()
    };
    let user = ok(&instance, "POST /users", json!({ "username": "ada" }));
    let first = changes.try_recv().unwrap();
    assert_eq!((first.event_type, first.object), ("user.created", user.clone()));
    let id = text(&user["id"]);
    for (call, body, wanted) in [
        (
            format!("PATCH /users/{id}"),
            json!({ "first_name": "Ada" }),
            vec!["user.updated"],
        ),
        (
            format!("PATCH /users/{id}/metadata"),
            json!({}),
            vec!["user.updated"],
        ),
        (
            format!("PUT /users/{id}/metadata"),
            json!({}),
            vec!["user.updated"],
        ),
        (
            "POST /sessions".to_owned(),
            json!({ "user_id": id }),
            vec!["session.created"],
        ),
        (
            format!("POST /users/{id}/ban"),
            Value::Null,
            vec!["session.revoked", "user.updated"],
        ),
        (
            format!("POST /users/{id}/unban"),
            Value::Null,
            vec!["user.updated"],
        ),
        (
            format!("POST /users/{id}/lock"),
            Value::Null,
            vec!["user.updated"],
        ),
        (
            format!("POST /users/{id}/unlock"),
            Value::Null,
            vec!["user.updated"],
        ),
        (
            "POST /organizations".to_owned(),
            json!({ "name": "Acme", "created_by": id }),
            vec!["organization.created", "organizationMembership.created"],
        ),
    ] {
        ok(&instance, &call, body);
        assert_eq!(told(), wanted, "{call}");
    }
    let acme = text(&get(&instance, "/organizations/acme")["id"]);
    let path = format!("/organizations/{acme}");
    let body = json!({ "email_address": "x@y.z", "role": "org:member" });
    let invitation = ok(&instance, &format!("POST {path}/invitations"), body);
    let invitation = text(&invitation["id"]);
    assert_eq!(told(), ["organizationInvitation.created"]);
    for (call, body, wanted) in [
        (
            format!("POST {path}/invitations/{invitation}/revoke"),
            Value::Null,
            vec!["organizationInvitation.revoked"],
        ),
        (
            format!("PATCH {path}"),
            json!({ "name": "A" }),
            vec!["organization.updated"],
        ),
        (
            format!("PATCH {path}/metadata"),
            json!({}),
            vec!["organization.updated"],
        ),
        (
            format!("PATCH {path}/memberships/{id}"),
            json!({ "role": "org:member" }),
            vec!["organizationMembership.updated"],
        ),
        (
            format!("PATCH {path}/memberships/{id}/metadata"),
            json!({}),
            vec!["organizationMembership.updated"],
        ),
        (
            format!("DELETE {path}/memberships/{id}"),
            Value::Null,
            vec!["organizationMembership.deleted"],
        ),
        (
            format!("DELETE {path}"),
            Value::Null,
            vec!["organization.deleted"],
        ),
        (format!("DELETE /users/{id}"), Value::Null, vec!["user.deleted"]),
        ("GET /users".to_owned(), Value::Null, vec![]),
    ] {
        ok(&instance, &call, body);
        assert_eq!(told(), wanted, "{call}");
    }
    // What tests do is told as well.
    let bob = instance.user("bob").org("beta");
    assert_eq!(told(), ["user.created"]);
    let session = bob.session_id();
    assert_eq!(
        told(),
        [
            "organization.created",
            "organizationMembership.created",
            "session.created"
        ]
    );
    instance.end_session(session);
    instance.update_user("bob", json!({ "first_name": "Robert" }));
    instance.delete_user("bob");
    assert_eq!(
        told(),
        [
            "session.ended",
            "user.updated",
            "organizationMembership.deleted",
            "user.deleted"
        ]
    );
}
