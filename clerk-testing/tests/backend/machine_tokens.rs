use std::time::Duration;

use clerk_testing::LocalInstance;
use serde_json::{Value, json};

use crate::wire::{each, error, error_with, get, not_found, ok, ok_with, plain, start, text};

fn bad(code: &str, param: &str) -> (u16, String, String) {
    (400, code.to_owned(), param.to_owned())
}

#[tokio::test]
async fn api_keys_live() {
    let instance = start().await;
    let ada = instance.user("ada").user_id();
    let mut made = ok(
        &instance,
        "POST /api_keys",
        json!({ "name": "deploy", "subject": ada, "description": "of the pipeline", "scopes": ["invoices:read"],
            "claims": { "tier": "gold" }, "created_by": ada, "seconds_until_expiration": 60 }),
    );
    let secret = text(&made.as_object_mut().unwrap().remove("secret").unwrap());
    let path = format!("/api_keys/{}", text(&made["id"]));
    assert!(secret.starts_with("ak_") && path.len() == "/api_keys/ak_".len() + 32);
    let now = made["created_at"].as_i64().unwrap();
    for (name, value) in [
        ("type", json!("api_key")),
        ("name", json!("deploy")),
        ("description", json!("of the pipeline")),
        ("subject", json!(ada)),
        ("scopes", json!(["invoices:read"])),
        ("claims", json!({ "tier": "gold" })),
        ("created_by", json!(ada)),
        ("expiration", json!(now + 60_000)),
        ("revoked", json!(false)),
    ] {
        assert_eq!(made[name], value, "{name}");
    }
    assert_eq!(get(&instance, &path), made);
    assert_eq!(
        get(&instance, &format!("{path}/secret")),
        json!({ "secret": secret })
    );
    assert_eq!(
        ok(&instance, "POST /api_keys/verify", json!({ "secret": secret })),
        made
    );
    // What the instance takes, a server takes.
    assert!(
        instance
            .auth(format!("Bearer {secret}"))
            .await
            .unwrap()
            .is_authenticated()
    );

    instance.advance(Duration::from_secs(1));
    let changed = ok(
        &instance,
        &format!("PATCH {path}"),
        json!({ "scopes": [], "description": null, "claims": null, "seconds_until_expiration": null }),
    );
    assert_eq!(
        [
            &changed["scopes"],
            &changed["description"],
            &changed["claims"],
            &changed["expiration"]
        ],
        [&json!([]), &Value::Null, &Value::Null, &Value::Null]
    );
    assert_eq!(changed["updated_at"], now + 1000);
    let revoked = ok(
        &instance,
        &format!("POST {path}/revoke"),
        json!({ "revocation_reason": "lost" }),
    );
    assert_eq!(
        (&revoked["revoked"], &revoked["revocation_reason"]),
        (&json!(true), &json!("lost"))
    );
    assert_eq!(
        ok(&instance, "POST /api_keys/verify", json!({ "secret": secret }))["revoked"],
        true
    );
    assert!(
        !instance
            .auth(format!("Bearer {secret}"))
            .await
            .unwrap()
            .is_authenticated()
    );

    let deleted = ok(&instance, &format!("DELETE {path}"), Value::Null);
    assert_eq!(
        deleted,
        json!({ "object": "api_key", "id": made["id"], "deleted": true })
    );
    for call in [
        format!("GET {path}"),
        format!("DELETE {path}"),
        format!("GET {path}/secret"),
        format!("POST {path}/revoke"),
        format!("PATCH {path}"),
    ] {
        assert_eq!(error(&instance, &call, Value::Null), not_found(), "{call}");
    }
    assert_eq!(
        error(&instance, "POST /api_keys/verify", json!({ "secret": secret })),
        not_found()
    );
}

#[tokio::test]
async fn api_keys_are_listed_with_those_of_tests() {
    let instance = start().await;
    let ada = instance.user("ada").user_id();
    let of_test = instance.api_key("ada").name("of a test");
    let secret = of_test.secret();
    for number in 0..3 {
        ok(
            &instance,
            "POST /api_keys",
            json!({ "name": format!("key {number}"), "subject": ada, "type": "custom" }),
        );
    }
    let _ = instance.api_key("ada").name("expired").expired().secret();
    let _ = instance.api_key("bob").secret();
    let list = |query: &str| get(&instance, &format!("/api_keys?subject={ada}{query}"));
    assert_eq!(
        each(&list("")["data"], "name"),
        ["key 2", "key 1", "key 0", "of a test"]
    );
    assert_eq!(list("&limit=1&offset=1")["data"][0]["name"], "key 1");
    assert_eq!(list("&include_invalid=true")["total_count"], 5);
    assert_eq!(list("&query=KEY")["total_count"], 3);
    assert_eq!(list("&type=api_key")["total_count"], 1);
    assert_eq!(get(&instance, "/api_keys?subject=user_1")["total_count"], 0);
    assert_eq!(
        error(&instance, "GET /api_keys", Value::Null),
        bad("form_param_missing", "subject")
    );
    let call = format!("GET /api_keys?subject={ada}&limit=101");
    assert_eq!(
        error(&instance, &call, Value::Null),
        bad("form_param_value_invalid", "limit")
    );

    // The builder of a test takes back nothing that was done over the API.
    ok(
        &instance,
        &format!("POST /api_keys/{}/revoke", of_test.id()),
        json!({}),
    );
    assert_eq!(of_test.secret(), secret);
    assert_eq!(
        get(&instance, &format!("/api_keys/{}", of_test.id()))["revoked"],
        true
    );
}

#[tokio::test]
async fn what_cannot_be_an_api_key_is_refused() {
    let instance = start().await;
    let ada = instance.user("ada").user_id();
    let refused = |body: Value| error(&instance, "POST /api_keys", body);
    for (body, code, param) in [
        (json!({ "subject": ada }), "form_param_missing", "name"),
        (
            json!({ "name": "ab", "subject": ada }),
            "form_param_value_invalid",
            "name",
        ),
        (
            json!({ "name": " abc", "subject": ada }),
            "form_param_value_invalid",
            "name",
        ),
        (json!({ "name": "abc" }), "form_param_missing", "subject"),
        (
            json!({ "name": "abc", "subject": ada, "type": "x" }),
            "form_param_value_invalid",
            "type",
        ),
        (
            json!({ "name": "abc", "subject": ada, "scopes": "x" }),
            "form_param_type_invalid",
            "scopes",
        ),
        (
            json!({ "name": "abc", "subject": ada, "claims": [] }),
            "form_param_type_invalid",
            "claims",
        ),
        (
            json!({ "name": "abc", "subject": ada, "seconds_until_expiration": 0 }),
            "form_param_value_invalid",
            "seconds_until_expiration",
        ),
        (
            json!({ "name": "abc", "subject": ada, "description": "x".repeat(256) }),
            "form_param_value_invalid",
            "description",
        ),
        (
            json!({ "name": "abc", "subject": ada, "more": 1 }),
            "form_param_unknown",
            "more",
        ),
    ] {
        assert_eq!(refused(body.clone()), bad(code, param), "{body}");
    }
    assert_eq!(
        refused(json!({ "name": "abc", "subject": "user_1" })),
        not_found()
    );
    assert_eq!(
        refused(json!({ "name": "abc", "subject": ada, "created_by": "user_1" })),
        not_found()
    );
    assert_eq!(
        error(&instance, "POST /api_keys/verify", json!({})),
        bad("form_param_missing", "secret")
    );
    assert_eq!(
        get(&instance, &format!("/api_keys?subject={ada}"))["total_count"],
        0
    );
    let of_org = instance.organization("acme").id();
    assert_eq!(
        ok(
            &instance,
            "POST /api_keys",
            json!({ "name": "abc", "subject": of_org })
        )["subject"],
        of_org
    );
}

/// A machine and its key.
fn machine(instance: &LocalInstance, name: &str, scopes: &[&str]) -> (String, String) {
    let made = ok(
        instance,
        "POST /machines",
        json!({ "name": name, "scoped_machines": scopes }),
    );
    (text(&made["id"]), text(&made["secret_key"]))
}

#[tokio::test]
async fn m2m_tokens_live() {
    let instance = start().await;
    let (api, api_key) = machine(&instance, "api", &[]);
    let (worker, worker_key) = machine(&instance, "worker", &[&api]);
    let (_, stranger_key) = machine(&instance, "stranger", &[]);
    let body =
        json!({ "claims": { "region": "eu" }, "seconds_until_expiration": 60, "token_format": "opaque" });
    let mut made = ok_with(&instance, &worker_key, "POST /m2m_tokens", body);
    let token = text(&made.as_object_mut().unwrap().remove("token").unwrap());
    let now = made["created_at"].as_i64().unwrap();
    for (name, value) in [
        ("subject", json!(worker)),
        ("scopes", json!([api])),
        ("claims", json!({ "region": "eu" })),
        ("expiration", json!(now + 60_000)),
        ("revoked", json!(false)),
    ] {
        assert_eq!(made[name], value, "{name}");
    }
    assert!(token.starts_with("mt_") && made["id"] != token);
    let verify = json!({ "token": token });
    for key in [
        &worker_key,
        &api_key,
        instance.secret_key(),
        instance.machine_secret_key(),
    ] {
        assert_eq!(
            ok_with(&instance, key, "POST /m2m_tokens/verify", verify.clone()),
            made
        );
    }
    assert_eq!(
        error_with(
            &instance,
            &stranger_key,
            "POST /m2m_tokens/verify",
            verify.clone()
        ),
        not_found()
    );

    let list = format!("GET /m2m_tokens?subject={worker}");
    let all = ok_with(&instance, &worker_key, &list, Value::Null);
    assert_eq!(all, json!({ "m2m_tokens": [made], "total_count": 1 }));
    assert_eq!(ok(&instance, &list, Value::Null), all);
    assert_eq!(
        error_with(&instance, &api_key, &list, Value::Null),
        plain(403, "authorization_invalid")
    );

    let revoke = format!("POST /m2m_tokens/{}/revoke", text(&made["id"]));
    let reason = json!({ "revocation_reason": "lost" });
    assert_eq!(
        error_with(&instance, &api_key, &revoke, reason.clone()),
        not_found()
    );
    let revoked = ok_with(&instance, &worker_key, &revoke, reason);
    assert_eq!(
        (&revoked["revoked"], &revoked["revocation_reason"]),
        (&json!(true), &json!("lost"))
    );
    assert_eq!(ok(&instance, "POST /m2m_tokens/verify", verify)["revoked"], true);
    assert_eq!(ok(&instance, &list, Value::Null)["total_count"], 0);
    assert_eq!(
        ok(&instance, &format!("{list}&revoked=true"), Value::Null)["total_count"],
        1
    );
    instance.advance(Duration::from_secs(60));
    assert_eq!(
        ok(&instance, &format!("{list}&revoked=true"), Value::Null)["total_count"],
        0
    );
    assert_eq!(
        ok(
            &instance,
            &format!("{list}&revoked=true&expired=true"),
            Value::Null
        )["total_count"],
        1
    );
}

#[tokio::test]
async fn m2m_tokens_have_two_forms_and_may_be_given_again() {
    let instance = start().await;
    let (worker, key) = machine(&instance, "worker", &[]);
    let create = |body: Value| ok_with(&instance, &key, "POST /m2m_tokens", body);
    let jwt = create(json!({ "token_format": "jwt", "claims": { "region": "eu" } }));
    assert_eq!(text(&jwt["token"]).split('.').count(), 3);
    let auth = instance
        .auth(format!("Bearer {}", text(&jwt["token"])))
        .await
        .unwrap();
    assert!(auth.is_authenticated());
    // Nobody keeps a list of JWTs.
    let list = format!("GET /m2m_tokens?subject={worker}");
    assert_eq!(ok(&instance, &list, Value::Null)["total_count"], 0);
    assert_eq!(jwt["expiration"], jwt["created_at"].as_i64().unwrap() + 3_600_000);

    let first = create(json!({ "seconds_until_expiration": 100 }));
    let again = create(json!({ "seconds_until_expiration": 100, "min_remaining_ttl_seconds": 50 }));
    assert_eq!(again, first);
    let other = create(
        json!({ "seconds_until_expiration": 100, "claims": { "a": 1 }, "min_remaining_ttl_seconds": 50 }),
    );
    assert_ne!(other["token"], first["token"]);
    instance.advance(Duration::from_secs(51));
    let fresh = create(json!({ "seconds_until_expiration": 100, "min_remaining_ttl_seconds": 50 }));
    assert_ne!(fresh["token"], first["token"]);

    let refused = |body: Value| error_with(&instance, &key, "POST /m2m_tokens", body);
    assert_eq!(
        refused(json!({ "token_format": "saml" })),
        bad("form_param_value_invalid", "token_format")
    );
    assert_eq!(
        refused(json!({ "seconds_until_expiration": -1 })),
        bad("form_param_value_invalid", "seconds_until_expiration")
    );
    assert_eq!(
        refused(json!({ "claims": "x" })),
        bad("form_param_type_invalid", "claims")
    );
    assert_eq!(
        error(&instance, "POST /m2m_tokens", json!({})),
        plain(401, "authentication_invalid")
    );
    assert_eq!(
        error_with(&instance, "ak_wrong", "POST /m2m_tokens", json!({})),
        plain(401, "clerk_key_invalid")
    );
    assert_eq!(
        error(&instance, "POST /m2m_tokens/verify", json!({})),
        bad("form_param_missing", "token")
    );
    assert_eq!(
        error(&instance, "GET /m2m_tokens", Value::Null),
        bad("form_param_missing", "subject")
    );
    assert_eq!(
        error(&instance, "GET /m2m_tokens?subject=mch_1", Value::Null),
        not_found()
    );
    assert_eq!(
        error(&instance, "POST /m2m_tokens/mt_1/revoke", json!({})),
        not_found()
    );
    // The key of a machine opens nothing else.
    assert_eq!(
        error_with(&instance, &key, "GET /users", Value::Null),
        plain(401, "clerk_key_invalid")
    );
}

#[tokio::test]
async fn machines_of_tests_and_of_the_api_are_the_same() {
    let instance = start().await;
    let worker = instance.machine("worker").scopes(["api"]);
    let token = worker.m2m_token();
    let page = get(&instance, "/machines?order_by=name");
    assert_eq!(each(&page["data"], "name"), ["api", "local", "worker"]);
    assert_eq!(page["data"][2]["scoped_machines"][0]["name"], "api");
    let list = ok(
        &instance,
        &format!("GET /m2m_tokens?subject={}", worker.id()),
        Value::Null,
    );
    assert_eq!(list["total_count"], 1);
    let revoke = format!("POST /m2m_tokens/{}/revoke", text(&list["m2m_tokens"][0]["id"]));
    ok(&instance, &revoke, json!({}));
    assert!(
        !instance
            .auth(format!("Bearer {token}"))
            .await
            .unwrap()
            .is_authenticated()
    );
    let (id, _) = machine(&instance, "scheduler", &[]);
    assert_eq!(instance.machine("scheduler").id(), id);
    assert_eq!(instance.machine(&id).id(), id);
    let made = ok_with(
        &instance,
        instance.machine_secret_key(),
        "POST /m2m_tokens",
        json!({}),
    );
    assert_eq!(made["subject"], instance.machine("local").id());
}
