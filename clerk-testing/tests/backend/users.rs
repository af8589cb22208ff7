use std::time::Duration;

use serde_json::{Value, json};

use crate::wire::{error, get, not_found, of_param, ok, plain, start, text};

#[tokio::test]
async fn a_user_is_made_with_all_that_was_said() {
    let instance = start().await;
    let made = ok(
        &instance,
        "POST /users",
        json!({
            "external_id": "crm-42", "first_name": "Ada", "last_name": "Byron", "locale": "en-GB",
            "email_address": ["Ada@Example.com", "ada@work.example"],
            "email_address_identification_status": ["verified", "reserved"],
            "phone_number": ["+15555550100"], "web3_wallet": ["0xabc"], "username": "ada_b",
            "password": "correct horse", "totp_secret": "JBSWY3DPEHPK3PXP", "backup_codes": ["one"],
            "public_metadata": { "plan": "pro" }, "private_metadata": { "stripe": "cus_1" }, "unsafe_metadata": { "x": 1 },
            "delete_self_enabled": false, "create_organization_enabled": false, "create_organizations_limit": 3,
            "legal_accepted_at": "2026-01-01T00:00:00Z", "created_at": "2026-01-01T00:00:01Z", "banned": false,
            "locked": null, "skip_legal_checks": true, "bypass_client_trust": true,
        }),
    );
    assert!(text(&made["id"]).starts_with("user_") && text(&made["id"]).len() == 32);
    let addresses = &made["email_addresses"];
    assert_eq!(addresses[0]["email_address"], "ada@example.com");
    assert_eq!(addresses[0]["verification"]["strategy"], "admin");
    assert_eq!(
        (&addresses[1]["reserved"], &addresses[1]["verification"]),
        (&json!(true), &Value::Null)
    );
    assert_eq!(made["primary_email_address_id"], addresses[0]["id"]);
    assert_eq!(made["primary_phone_number_id"], made["phone_numbers"][0]["id"]);
    assert_eq!(made["primary_web3_wallet_id"], made["web3_wallets"][0]["id"]);
    for (name, value) in [
        ("external_id", json!("crm-42")),
        ("first_name", json!("Ada")),
        ("last_name", json!("Byron")),
        ("locale", json!("en-GB")),
        ("username", json!("ada_b")),
        ("password_enabled", json!(true)),
        ("totp_enabled", json!(true)),
        ("two_factor_enabled", json!(true)),
        ("backup_code_enabled", json!(true)),
        ("public_metadata", json!({ "plan": "pro" })),
        ("private_metadata", json!({ "stripe": "cus_1" })),
        ("unsafe_metadata", json!({ "x": 1 })),
        ("delete_self_enabled", json!(false)),
        ("create_organization_enabled", json!(false)),
        ("create_organizations_limit", json!(3)),
        ("legal_accepted_at", json!(1_767_225_600_000_i64)),
        ("created_at", json!(1_767_225_601_000_i64)),
        ("bypass_client_trust", json!(true)),
        ("last_sign_in_at", Value::Null),
    ] {
        assert_eq!(made[name], value, "{name}");
    }
    assert_eq!(get(&instance, &format!("/users/{}", text(&made["id"]))), made);
    assert_eq!(get(&instance, "/users"), json!([made]));
    assert!(!made.to_string().contains("correct horse"));
}

#[tokio::test]
async fn what_cannot_be_a_user_is_refused_and_leaves_nothing() {
    let instance = start().await;
    let taken = json!({
        "email_address": ["ada@example.com"], "username": "ada", "external_id": "1", "phone_number": ["+15555550100"],
        "web3_wallet": ["0xabc"],
    });
    ok(&instance, "POST /users", taken);
    let refused = |body: Value| error(&instance, "POST /users", body);
    for (body, code, param) in [
        (
            json!({ "email_address": ["ADA@example.com"] }),
            "form_identifier_exists",
            "email_address",
        ),
        (json!({ "username": "ada" }), "form_identifier_exists", "username"),
        (
            json!({ "username": "bob", "external_id": "1" }),
            "form_identifier_exists",
            "external_id",
        ),
        (
            json!({ "phone_number": ["+15555550100"] }),
            "form_identifier_exists",
            "phone_number",
        ),
        (
            json!({ "web3_wallet": ["0xabc"] }),
            "form_identifier_exists",
            "web3_wallet",
        ),
        (
            json!({ "email_address": ["x@y.z", "X@y.z"] }),
            "form_identifier_exists",
            "email_address",
        ),
        (
            json!({ "phone_number": ["+15555550101", "+15555550102", "+15555550101"] }),
            "form_identifier_exists",
            "phone_number",
        ),
        (
            json!({ "web3_wallet": ["0xdef", "0xdef"] }),
            "form_identifier_exists",
            "web3_wallet",
        ),
        (
            json!({ "email_address": ["nonsense"] }),
            "form_param_format_invalid",
            "email_address",
        ),
        (
            json!({ "email_address": "x@y.z" }),
            "form_param_type_invalid",
            "email_address",
        ),
        (
            json!({ "email_address": ["x@y.z"], "email_address_identification_status": ["maybe"] }),
            "form_param_value_invalid",
            "email_address_identification_status",
        ),
        (
            json!({ "phone_number": ["12"] }),
            "form_param_format_invalid",
            "phone_number",
        ),
        (
            json!({ "username": "a b" }),
            "form_param_format_invalid",
            "username",
        ),
        (json!({ "username": 7 }), "form_param_type_invalid", "username"),
        (
            json!({ "username": "bob", "password": "short" }),
            "form_password_length_too_short",
            "password",
        ),
        (
            json!({ "username": "bob", "password_digest": "x" }),
            "form_param_missing",
            "password_hasher",
        ),
        (
            json!({ "username": "bob", "public_metadata": [] }),
            "form_param_type_invalid",
            "public_metadata",
        ),
        (
            json!({ "username": "bob", "created_at": 5 }),
            "form_param_type_invalid",
            "created_at",
        ),
        (
            json!({ "username": "bob", "created_at": "today" }),
            "form_param_format_invalid",
            "created_at",
        ),
        (
            json!({ "username": "bob", "banned": "no" }),
            "form_param_type_invalid",
            "banned",
        ),
        (
            json!({ "username": "bob", "nickname": "b" }),
            "form_param_unknown",
            "nickname",
        ),
        (json!({}), "form_data_missing", ""),
    ] {
        assert_eq!(refused(body.clone()), of_param(code, param), "{body}");
    }
    assert_eq!(refused(json!([])), plain(400, "request_body_invalid"));
    assert_eq!(get(&instance, "/users/count")["total_count"], 1);

    let nobody = ok(&instance, "POST /users", json!({ "skip_user_requirement": true }));
    assert_eq!(nobody["email_addresses"], json!([]));
    ok(
        &instance,
        "POST /users",
        json!({ "username": "bob", "password": "short", "skip_password_checks": true }),
    );
}

#[tokio::test]
async fn a_user_is_changed_member_by_member() {
    let instance = start().await;
    let made = ok(
        &instance,
        "POST /users",
        json!({ "email_address": ["a@b.c", "d@e.f"], "email_address_identification_status": ["verified", "verified"],
            "username": "ada", "first_name": "Ada" }),
    );
    let path = format!("/users/{}", text(&made["id"]));
    instance.advance(Duration::from_secs(5));
    let second = text(&made["email_addresses"][1]["id"]);
    let changed = ok(
        &instance,
        &format!("PATCH {path}"),
        json!({ "last_name": "Byron", "first_name": null, "primary_email_address_id": second, "external_id": "7" }),
    );
    let mut wanted = made.clone();
    for (name, value) in [
        ("last_name", json!("Byron")),
        ("first_name", Value::Null),
        ("primary_email_address_id", json!(second)),
        ("external_id", json!("7")),
        ("updated_at", json!(made["updated_at"].as_i64().unwrap() + 5000)),
    ] {
        wanted[name] = value;
    }
    assert_eq!(changed, wanted);
    assert_eq!(get(&instance, &path), wanted);

    ok(&instance, "POST /users", json!({ "username": "bob" }));
    let refused = |body: Value| error(&instance, &format!("PATCH {path}"), body);
    assert_eq!(
        refused(json!({ "username": "bob" })),
        of_param("form_identifier_exists", "username")
    );
    assert_eq!(
        refused(json!({ "primary_email_address_id": "idn_1" })),
        of_param("form_param_value_invalid", "primary_email_address_id")
    );
    // Since 2026-05-12 metadata has calls of its own.
    assert_eq!(
        refused(json!({ "public_metadata": {} })),
        of_param("form_param_unknown", "public_metadata")
    );
    assert_eq!(get(&instance, &path), wanted);
    assert_eq!(
        ok(&instance, &format!("PATCH {path}"), json!({ "username": "ada" }))["username"],
        "ada"
    );
    assert_eq!(error(&instance, "PATCH /users/user_1", json!({})), not_found());
}

#[tokio::test]
async fn metadata_is_merged_or_replaced() {
    let instance = start().await;
    let id = instance.user("ada").user_id();
    let call = |method: &str, body: Value| ok(&instance, &format!("{method} /users/{id}/metadata"), body);
    call(
        "PATCH",
        json!({ "public_metadata": { "a": { "b": 1, "c": 2 } }, "unsafe_metadata": { "u": 1 } }),
    );
    let merged = call(
        "PATCH",
        json!({ "public_metadata": { "a": { "b": null, "d": 3 } }, "private_metadata": { "p": 1 } }),
    );
    assert_eq!(merged["public_metadata"], json!({ "a": { "c": 2, "d": 3 } }));
    assert_eq!(merged["private_metadata"], json!({ "p": 1 }));
    assert_eq!(merged["unsafe_metadata"], json!({ "u": 1 }));
    let replaced = call(
        "PUT",
        json!({ "public_metadata": { "z": 1 }, "private_metadata": {}, "unsafe_metadata": null }),
    );
    assert_eq!(replaced["public_metadata"], json!({ "z": 1 }));
    assert_eq!(replaced["private_metadata"], json!({}));
    assert_eq!(replaced["unsafe_metadata"], Value::Null);
    assert_eq!(
        call("PATCH", json!({ "unsafe_metadata": { "u": 2 } }))["unsafe_metadata"],
        json!({ "u": 2 })
    );
    for method in ["PATCH", "PUT"] {
        let refused = |body: Value| error(&instance, &format!("{method} /users/{id}/metadata"), body);
        assert_eq!(
            refused(json!({ "public_metadata": "x" })),
            of_param("form_param_type_invalid", "public_metadata")
        );
        assert_eq!(
            refused(json!({ "first_name": "x" })),
            of_param("form_param_unknown", "first_name")
        );
        assert_eq!(
            error(&instance, &format!("{method} /users/user_1/metadata"), json!({})),
            not_found()
        );
    }
}

#[tokio::test]
async fn passwords_are_verified() {
    let instance = start().await;
    let made = ok(
        &instance,
        "POST /users",
        json!({ "username": "ada", "password": "correct horse" }),
    );
    let call = format!("POST /users/{}/verify_password", text(&made["id"]));
    assert_eq!(
        ok(&instance, &call, json!({ "password": "correct horse" })),
        json!({ "verified": true })
    );
    let refused = |body: Value| error(&instance, &call, body);
    assert_eq!(
        refused(json!({ "password": "wrong" })),
        of_param("incorrect_password", "password")
    );
    assert_eq!(refused(json!({})), of_param("form_param_missing", "password"));

    let session = instance.user("ada").session_id();
    let update = format!("PATCH /users/{}", text(&made["id"]));
    let body = json!({ "password": "battery staple", "sign_out_of_other_sessions": true });
    ok(&instance, &update, body);
    assert_eq!(
        ok(&instance, &call, json!({ "password": "battery staple" }))["verified"],
        true
    );
    assert_eq!(
        refused(json!({ "password": "correct horse" })).1,
        "incorrect_password"
    );
    assert_eq!(
        get(&instance, &format!("/sessions/{session}"))["status"],
        "revoked"
    );

    let without = ok(&instance, "POST /users", json!({ "username": "bob" }));
    let call = format!("POST /users/{}/verify_password", text(&without["id"]));
    assert_eq!(
        error(&instance, &call, json!({ "password": "x" })),
        plain(400, "no_password_set")
    );
    assert_eq!(
        error(
            &instance,
            "POST /users/user_1/verify_password",
            json!({ "password": "x" })
        ),
        not_found()
    );
}

#[tokio::test]
async fn banned_users_lose_their_sessions() {
    let instance = start().await;
    let (ada, bob) = (instance.user("ada"), instance.user("bob"));
    let session = ada.session_id();
    let banned = ok(
        &instance,
        &format!("POST /users/{}/ban", ada.user_id()),
        Value::Null,
    );
    assert_eq!(banned["banned"], true);
    assert_eq!(
        get(&instance, &format!("/sessions/{session}"))["status"],
        "revoked"
    );
    assert_eq!(
        error(&instance, "POST /sessions", json!({ "user_id": ada.user_id() })),
        plain(403, "user_banned")
    );
    let unbanned = ok(
        &instance,
        &format!("POST /users/{}/unban", ada.user_id()),
        Value::Null,
    );
    assert_eq!(unbanned["banned"], false);
    ok(&instance, "POST /sessions", json!({ "user_id": ada.user_id() }));

    let both = json!({ "user_ids": [ada.user_id(), bob.user_id()] });
    let all = ok(&instance, "POST /users/ban", both.clone());
    assert!(all.as_array().unwrap().len() == 2 && all[1]["banned"] == true);
    assert_eq!(ok(&instance, "POST /users/unban", both)[0]["banned"], false);
    let one_unknown = json!({ "user_ids": [ada.user_id(), "user_1"] });
    assert_eq!(error(&instance, "POST /users/ban", one_unknown), not_found());
    assert_eq!(
        get(&instance, &format!("/users/{}", ada.user_id()))["banned"],
        false
    );
    assert_eq!(
        error(&instance, "POST /users/ban", json!({})),
        of_param("form_param_missing", "user_ids")
    );
    assert_eq!(
        error(&instance, "POST /users/ban", json!({ "user_ids": [] })),
        of_param("form_param_value_invalid", "user_ids")
    );
    for action in ["ban", "unban", "lock", "unlock"] {
        assert_eq!(
            error(&instance, &format!("POST /users/user_1/{action}"), Value::Null),
            not_found()
        );
    }
}

#[tokio::test]
async fn locks_end_by_themselves() {
    let instance = start().await;
    let id = instance.user("ada").user_id();
    let locked = ok(&instance, &format!("POST /users/{id}/lock"), Value::Null);
    assert_eq!(
        (&locked["locked"], &locked["lockout_expires_in_seconds"]),
        (&json!(true), &json!(3600))
    );
    assert_eq!(
        error(&instance, "POST /sessions", json!({ "user_id": id })),
        plain(403, "user_locked")
    );
    instance.advance(Duration::from_secs(600));
    assert_eq!(
        get(&instance, &format!("/users/{id}"))["lockout_expires_in_seconds"],
        3000
    );
    instance.advance(Duration::from_secs(3000));
    let free = get(&instance, &format!("/users/{id}"));
    assert_eq!(
        (&free["locked"], &free["lockout_expires_in_seconds"]),
        (&json!(false), &Value::Null)
    );
    ok(&instance, &format!("POST /users/{id}/lock"), Value::Null);
    let unlocked = ok(&instance, &format!("POST /users/{id}/unlock"), Value::Null);
    assert_eq!(unlocked["locked"], false);
    let made = ok(
        &instance,
        "POST /users",
        json!({ "username": "bob", "locked": true }),
    );
    assert_eq!(
        (&made["locked"], &made["lockout_expires_in_seconds"]),
        (&json!(true), &json!(3600))
    );
}

#[tokio::test]
async fn deleted_users_are_gone_with_all_that_was_theirs() {
    let instance = start().await;
    let made = ok(
        &instance,
        "POST /users",
        json!({ "username": "ada", "external_id": "7" }),
    );
    let id = text(&made["id"]);
    let ada = instance.user("ada").org("acme");
    let session = ada.session_id();
    let deleted = ok(&instance, &format!("DELETE /users/{id}"), Value::Null);
    assert_eq!(
        deleted,
        json!({ "object": "user", "id": id, "deleted": true, "external_id": "7" })
    );
    for path in [
        format!("/users/{id}"),
        format!("/sessions/{session}"),
        format!("/users/{id}/organization_memberships"),
    ] {
        assert_eq!(
            error(&instance, &format!("GET {path}"), Value::Null),
            not_found(),
            "{path}"
        );
    }
    let memberships = get(&instance, "/organizations/acme");
    let path = format!("/organizations/{}/memberships", text(&memberships["id"]));
    assert_eq!(get(&instance, &path), json!({ "data": [], "total_count": 0 }));
    assert_eq!(
        error(&instance, &format!("DELETE /users/{id}"), Value::Null),
        not_found()
    );
    // Somebody else may have the name, and is somebody else.
    assert_ne!(instance.user("ada").user_id(), id);
}
