use std::time::Duration;

use serde_json::{Value, json};

use crate::wire::{each, error, get, not_found, of_param, ok, plain, start, text};

#[tokio::test]
async fn people_are_invited_to_the_instance() {
    let instance = start().await;
    let made = ok(
        &instance,
        "POST /invitations",
        json!({ "email_address": "Ada@Example.com", "public_metadata": { "plan": "pro" }, "expires_in_days": 2,
            "redirect_url": "https://app.example/?a=b", "notify": false, "template_slug": "invitation" }),
    );
    let id = text(&made["id"]);
    assert!(id.starts_with("inv_"));
    assert_eq!(
        (&made["email_address"], &made["status"]),
        (&json!("ada@example.com"), &json!("pending"))
    );
    assert_eq!(made["public_metadata"], json!({ "plan": "pro" }));
    assert_eq!(
        made["expires_at"],
        made["created_at"].as_i64().unwrap() + 2 * 86_400_000
    );
    assert!(text(&made["url"]).ends_with("/sign-up?redirect_url=https%3A%2F%2Fapp.example%2F%3Fa%3Db"));
    let revoked = ok(&instance, &format!("POST /invitations/{id}/revoke"), Value::Null);
    assert_eq!(
        (&revoked["status"], &revoked["revoked"]),
        (&json!("revoked"), &json!(true))
    );
    let again = error(&instance, &format!("POST /invitations/{id}/revoke"), Value::Null);
    assert_eq!(again, plain(400, "bad_request"));
    assert_eq!(
        error(&instance, "POST /invitations/inv_1/revoke", Value::Null),
        not_found()
    );
}

#[tokio::test]
async fn people_are_not_invited_twice() {
    let instance = start().await;
    let _ = instance.user("ada").user_id();
    let invite = |address: &str| json!({ "email_address": address });
    ok(&instance, "POST /invitations", invite("bob@example.com"));
    let refused = |body: Value| error(&instance, "POST /invitations", body);
    assert_eq!(refused(invite("bob@example.com")), plain(400, "duplicate_record"));
    assert_eq!(
        refused(invite("ada@example.com")),
        of_param("form_identifier_exists", "email_address")
    );
    assert_eq!(
        refused(invite("nonsense")),
        of_param("form_param_format_invalid", "email_address")
    );
    assert_eq!(
        refused(json!({})),
        of_param("form_param_missing", "email_address")
    );
    let forever = json!({ "email_address": "cyd@example.com", "expires_in_days": 0 });
    assert_eq!(
        refused(forever),
        of_param("form_param_value_invalid", "expires_in_days")
    );
    ok(
        &instance,
        "POST /invitations",
        json!({ "email_address": "ada@example.com", "ignore_existing": true }),
    );
    instance.advance(Duration::from_secs(30 * 86_400));
    ok(&instance, "POST /invitations", invite("bob@example.com"));

    let bulk = |addresses: &[&str]| Value::Array(addresses.iter().map(|address| invite(address)).collect());
    let made = ok(
        &instance,
        "POST /invitations/bulk",
        bulk(&["x@example.com", "y@example.com"]),
    );
    assert_eq!(each(&made, "email_address"), ["x@example.com", "y@example.com"]);
    let before = get(&instance, "/invitations?paginated=true")["total_count"].clone();
    let some_known = bulk(&["z@example.com", "x@example.com"]);
    assert_eq!(
        error(&instance, "POST /invitations/bulk", some_known),
        plain(400, "duplicate_record")
    );
    let twice = bulk(&["z@example.com", "z@example.com"]);
    assert_eq!(
        error(&instance, "POST /invitations/bulk", twice),
        plain(400, "duplicate_record")
    );
    let many: Vec<_> = (0..11)
        .map(|number| invite(&format!("n{number}@example.com")))
        .collect();
    assert_eq!(
        error(&instance, "POST /invitations/bulk", json!(many)),
        plain(400, "request_body_invalid")
    );
    assert_eq!(
        get(&instance, "/invitations?paginated=true")["total_count"],
        before
    );
}

#[tokio::test]
async fn invitations_are_listed() {
    let instance = start().await;
    for name in ["ada", "bob", "cyd"] {
        ok(
            &instance,
            "POST /invitations",
            json!({ "email_address": format!("{name}@example.com"), "expires_in_days": 5 }),
        );
        instance.advance(Duration::from_secs(1));
    }
    let all = get(&instance, "/invitations");
    assert_eq!(
        each(&all, "email_address"),
        ["cyd@example.com", "bob@example.com", "ada@example.com"]
    );
    ok(
        &instance,
        &format!("POST /invitations/{}/revoke", text(&all[0]["id"])),
        Value::Null,
    );
    let page = get(&instance, "/invitations?paginated=true&status=pending&limit=1");
    assert_eq!(
        (&page["total_count"], page["data"].as_array().unwrap().len()),
        (&json!(2), 1)
    );
    assert_eq!(
        each(&get(&instance, "/invitations?query=BOB"), "email_address"),
        ["bob@example.com"]
    );
    assert_eq!(
        each(
            &get(&instance, "/invitations?order_by=email_address"),
            "email_address"
        )[0],
        "ada@example.com"
    );
    instance.advance(Duration::from_secs(5 * 86_400));
    assert_eq!(
        each(&get(&instance, "/invitations?status=expired"), "email_address").len(),
        2
    );
    assert_eq!(
        error(&instance, "GET /invitations?status=lost", Value::Null),
        of_param("form_param_value_invalid", "status")
    );
}

#[tokio::test]
async fn people_are_invited_to_organizations() {
    let instance = start().await;
    let acme = instance.organization("acme").member("ada", "admin");
    let ada = instance.user("ada").user_id();
    let path = format!("/organizations/{}/invitations", acme.id());
    let made = ok(
        &instance,
        &format!("POST {path}"),
        json!({ "email_address": "Bob@example.com", "role": "org:member", "inviter_user_id": ada,
            "public_metadata": { "p": 1 }, "private_metadata": { "s": 1 }, "expires_in_days": 1, "notify": true }),
    );
    let id = text(&made["id"]);
    assert!(id.starts_with("orginv_"));
    for (name, value) in [
        ("email_address", json!("bob@example.com")),
        ("role", json!("org:member")),
        ("role_name", json!("Member")),
        ("organization_id", json!(acme.id())),
        ("inviter_id", json!(ada)),
        ("status", json!("pending")),
        ("public_metadata", json!({ "p": 1 })),
        ("private_metadata", json!({ "s": 1 })),
    ] {
        assert_eq!(made[name], value, "{name}");
    }
    assert_eq!(made["public_inviter_data"]["identifier"], "ada@example.com");
    assert_eq!(get(&instance, &format!("{path}/{id}")), made);
    let revoked = ok(
        &instance,
        &format!("POST {path}/{id}/revoke"),
        json!({ "requesting_user_id": ada }),
    );
    assert_eq!(revoked["status"], "revoked");
    assert_eq!(
        error(&instance, &format!("POST {path}/{id}/revoke"), Value::Null),
        plain(400, "bad_request")
    );
    // One of another organization is none of this one, nor is one to the instance.
    let other = instance.organization("other").id();
    let whole = text(
        &ok(
            &instance,
            "POST /invitations",
            json!({ "email_address": "x@example.com" }),
        )["id"],
    );
    for call in [
        format!("GET /organizations/{other}/invitations/{id}"),
        format!("POST /organizations/{other}/invitations/{id}/revoke"),
        format!("GET {path}/{whole}"),
        format!("POST /invitations/{id}/revoke"),
        "GET /organizations/org_1/invitations".to_owned(),
    ] {
        assert_eq!(error(&instance, &call, Value::Null), not_found(), "{call}");
    }
}

#[tokio::test]
async fn who_cannot_be_invited_to_an_organization_is_refused() {
    let instance = start().await;
    let acme = instance.organization("acme").member("ada", "admin");
    let bob = instance.user("bob").user_id();
    let path = format!("/organizations/{}/invitations", acme.id());
    let refused = |body: Value| error(&instance, &format!("POST {path}"), body);
    let invite = |address: &str| json!({ "email_address": address, "role": "org:member" });
    assert_eq!(
        refused(json!({ "role": "org:member" })),
        of_param("form_param_missing", "email_address")
    );
    assert_eq!(
        refused(json!({ "email_address": "x@y.z" })),
        of_param("form_param_missing", "role")
    );
    assert_eq!(
        refused(json!({ "email_address": "x@y.z", "role": "org:king" })),
        of_param("form_param_value_invalid", "role")
    );
    assert_eq!(
        refused(invite("ada@example.com")),
        plain(400, "already_a_member_in_organization")
    );
    let by_stranger = json!({ "email_address": "x@y.z", "role": "org:member", "inviter_user_id": bob });
    assert_eq!(refused(by_stranger), not_found());
    ok(&instance, &format!("POST {path}"), invite("x@y.z"));
    assert_eq!(
        refused(invite("x@y.z")),
        plain(400, "organization_invitation_not_unique")
    );
    let bulk = ok(
        &instance,
        &format!("POST {path}/bulk"),
        json!([invite("a@b.c"), invite("d@e.f")]),
    );
    assert_eq!(
        (&bulk["total_count"], bulk["data"].as_array().unwrap().len()),
        (&json!(2), 2)
    );
    let call = format!("POST {path}/bulk");
    assert_eq!(
        error(&instance, &call, json!([invite("g@h.i"), invite("a@b.c")])),
        plain(400, "organization_invitation_not_unique")
    );

    let page = get(&instance, &format!("{path}?limit=2"));
    assert_eq!(
        (&page["total_count"], page["data"].as_array().unwrap().len()),
        (&json!(3), 2)
    );
    let one = get(&instance, &format!("{path}?email_address=x@y.z"));
    assert_eq!(one["total_count"], 1);
    ok(
        &instance,
        &format!("POST {path}/{}/revoke", text(&one["data"][0]["id"])),
        Value::Null,
    );
    assert_eq!(
        get(&instance, &format!("{path}?status=revoked"))["total_count"],
        1
    );
    assert_eq!(get(&instance, &format!("{path}/pending"))["total_count"], 2);
    let all = get(
        &instance,
        "/organization_invitations?status=pending&order_by=email_address",
    );
    assert_eq!(each(&all["data"], "email_address"), ["a@b.c", "d@e.f"]);
    assert_eq!(all["data"][0]["public_organization_data"]["name"], "Acme");
}
