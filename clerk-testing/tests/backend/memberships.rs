use std::time::Duration;

use serde_json::{Value, json};

use crate::wire::{claims, error, get, not_found, of_param, ok, plain, start, text};

#[tokio::test]
async fn members_come_change_and_go() {
    let instance = start().await;
    let acme = instance
        .organization("acme")
        .role("org:admin", ["org:invoices:read"]);
    let path = format!("/organizations/{}/memberships", acme.id());
    let ada = instance.user("ada").user_id();
    let made = ok(
        &instance,
        &format!("POST {path}"),
        json!({ "user_id": ada, "role": "org:admin", "public_metadata": { "p": 1 }, "private_metadata": { "s": 1 } }),
    );
    assert!(text(&made["id"]).starts_with("orgmem_"));
    for (name, value) in [
        ("role", json!("org:admin")),
        ("role_name", json!("Admin")),
        ("permissions", json!(["org:invoices:read"])),
        ("public_metadata", json!({ "p": 1 })),
        ("private_metadata", json!({ "s": 1 })),
    ] {
        assert_eq!(made[name], value, "{name}");
    }
    assert_eq!(made["organization"]["slug"], "acme");
    assert_eq!(made["organization"].get("private_metadata"), None);
    let user = &made["public_user_data"];
    assert_eq!(
        (&user["user_id"], &user["identifier"]),
        (&json!(ada), &json!("ada@example.com"))
    );

    instance.advance(Duration::from_secs(1));
    let merged = ok(
        &instance,
        &format!("PATCH {path}/{ada}/metadata"),
        json!({ "public_metadata": { "p": null, "q": 2 }, "private_metadata": { "t": 2 } }),
    );
    assert_eq!(merged["public_metadata"], json!({ "q": 2 }));
    assert_eq!(merged["private_metadata"], json!({ "s": 1, "t": 2 }));
    let changed = ok(
        &instance,
        &format!("PATCH {path}/{ada}"),
        json!({ "role": "org:member" }),
    );
    assert_eq!(
        (&changed["id"], &changed["role"]),
        (&made["id"], &json!("org:member"))
    );
    assert_eq!(changed["permissions"], json!([]));
    assert_eq!(changed["updated_at"], made["updated_at"].as_i64().unwrap() + 1000);

    let gone = ok(&instance, &format!("DELETE {path}/{ada}"), Value::Null);
    assert_eq!(gone, changed);
    assert_eq!(get(&instance, &path), json!({ "data": [], "total_count": 0 }));
    assert_eq!(
        error(&instance, &format!("DELETE {path}/{ada}"), Value::Null),
        not_found()
    );
    assert_eq!(
        error(
            &instance,
            &format!("PATCH {path}/{ada}"),
            json!({ "role": "org:admin" })
        ),
        not_found()
    );
    assert_eq!(
        error(&instance, &format!("PATCH {path}/{ada}/metadata"), json!({})),
        not_found()
    );
}

#[tokio::test]
async fn what_cannot_be_a_membership_is_refused() {
    let instance = start().await;
    let acme = instance.organization("acme").member("ada", "admin");
    let (ada, bob) = (instance.user("ada").user_id(), instance.user("bob").user_id());
    let call = format!("POST /organizations/{}/memberships", acme.id());
    let refused = |body: Value| error(&instance, &call, body);
    assert_eq!(
        refused(json!({ "role": "org:admin" })),
        of_param("form_param_missing", "user_id")
    );
    assert_eq!(
        refused(json!({ "user_id": bob })),
        of_param("form_param_missing", "role")
    );
    assert_eq!(
        refused(json!({ "user_id": bob, "role": "org:king" })),
        of_param("form_param_value_invalid", "role")
    );
    assert_eq!(
        refused(json!({ "user_id": "user_1", "role": "org:admin" })),
        not_found()
    );
    assert_eq!(
        refused(json!({ "user_id": ada, "role": "org:admin" })),
        plain(400, "already_a_member_in_organization")
    );
    let elsewhere = json!({ "user_id": bob, "role": "org:admin" });
    assert_eq!(
        error(&instance, "POST /organizations/org_1/memberships", elsewhere),
        not_found()
    );
    assert_eq!(
        error(&instance, "GET /organizations/org_1/memberships", Value::Null),
        not_found()
    );

    ok(
        &instance,
        &format!("PATCH /organizations/{}", acme.id()),
        json!({ "max_allowed_memberships": 1 }),
    );
    assert_eq!(
        refused(json!({ "user_id": bob, "role": "org:member" })),
        plain(403, "quota_exceeded")
    );
}

#[tokio::test]
async fn members_are_listed_and_found() {
    let instance = start().await;
    let acme = instance.organization("acme");
    for (name, role) in [("cyd", "admin"), ("ada", "member"), ("bob", "member")] {
        let _ = acme.clone().member(name, role);
        instance.advance(Duration::from_secs(1));
    }
    let _ = instance.organization("other").member("ada", "admin");
    let names = |path: &str| {
        let page = get(&instance, path);
        let data = page["data"].as_array().unwrap().iter();
        let names: Vec<_> = data
            .map(|item| text(&item["public_user_data"]["username"]))
            .collect();
        format!("{} of {}", names.join(" "), page["total_count"])
    };
    let list = |query: &str| names(&format!("/organizations/{}/memberships?{query}", acme.id()));
    assert_eq!(list(""), "bob ada cyd of 3");
    assert_eq!(list("limit=1&offset=1"), "ada of 3");
    assert_eq!(list("order_by=username"), "ada bob cyd of 3");
    assert_eq!(list("order_by=-email_address"), "cyd bob ada of 3");
    // Nobody has a phone number yet.
    assert_eq!(list("order_by=phone_number"), "cyd ada bob of 3");
    let dan = ok(
        &instance,
        "POST /users",
        json!({ "username": "dan", "phone_number": ["+15555550102"], "email_address": ["a@dan.example"] }),
    );
    let eve = ok(
        &instance,
        "POST /users",
        json!({ "username": "eve", "phone_number": ["+15555550101"], "email_address": ["z@eve.example"] }),
    );
    let path = format!("/organizations/{}/memberships", acme.id());
    for user in [&dan, &eve] {
        ok(
            &instance,
            &format!("POST {path}"),
            json!({ "user_id": user["id"], "role": "org:admin" }),
        );
    }
    assert_eq!(list("role=org:admin&order_by=phone_number"), "cyd eve dan of 3");
    assert_eq!(list("role=org:admin&order_by=-phone_number"), "dan eve cyd of 3");
    assert_eq!(list("role=org:admin&order_by=email_address"), "dan cyd eve of 3");
    for user in [dan, eve] {
        ok(
            &instance,
            &format!("DELETE {path}/{}", text(&user["id"])),
            Value::Null,
        );
    }
    assert_eq!(list("role=org:member"), "bob ada of 2");
    assert_eq!(list("username=ada&username=cyd"), "ada cyd of 2");
    assert_eq!(list("query=bob@"), "bob of 1");
    assert_eq!(
        list(&format!("user_id=-{}", instance.user("bob").user_id())),
        "ada cyd of 2"
    );
    assert_eq!(names("/organization_memberships?limit=2"), "ada bob of 4");
    let call = format!("GET /organizations/{}/memberships?order_by=role", acme.id());
    assert_eq!(
        error(&instance, &call, Value::Null),
        of_param("form_param_value_invalid", "order_by")
    );
}

#[tokio::test]
async fn sessions_follow_memberships() {
    let instance = start().await;
    let acme = instance
        .organization("acme")
        .role("org:admin", ["org:invoices:read"])
        .member("ada", "member");
    let ada = instance.user("ada").user_id();
    let body = json!({ "user_id": ada, "active_organization_id": acme.id() });
    let session = text(&ok(&instance, "POST /sessions", body.clone())["id"]);
    let active = |session: &str| {
        get(&instance, &format!("/sessions/{session}"))["last_active_organization_id"].clone()
    };
    let role = |session: &str| {
        let token = ok(
            &instance,
            &format!("POST /sessions/{session}/tokens"),
            Value::Null,
        );
        claims(&token)["o"]["rol"].clone()
    };
    assert_eq!(
        (active(&session), role(&session)),
        (json!(acme.id()), json!("member"))
    );
    let path = format!("/organizations/{}/memberships/{ada}", acme.id());
    ok(
        &instance,
        &format!("PATCH {path}"),
        json!({ "role": "org:admin" }),
    );
    assert_eq!(role(&session), "admin");
    ok(&instance, &format!("DELETE {path}"), Value::Null);
    assert_eq!((active(&session), role(&session)), (Value::Null, Value::Null));

    let _ = acme.clone().member("ada", "member");
    let session = text(&ok(&instance, "POST /sessions", body)["id"]);
    ok(
        &instance,
        &format!("DELETE /organizations/{}", acme.id()),
        Value::Null,
    );
    assert_eq!(active(&session), Value::Null);
}
