use std::time::Duration;

use serde_json::{Value, json};

use crate::wire::{each, error, error_with, get, not_found, of_param, ok, ok_with, plain, start, text};

#[tokio::test]
async fn machines_are_made_changed_and_deleted() {
    let instance = start().await;
    let api = ok(&instance, "POST /machines", json!({ "name": "api" }));
    let mut made = ok(
        &instance,
        "POST /machines",
        json!({ "name": "worker", "scoped_machines": [api["id"]], "default_token_ttl": 60 }),
    );
    let key = text(&made.as_object_mut().unwrap().remove("secret_key").unwrap());
    let path = format!("/machines/{}", text(&made["id"]));
    assert_eq!(
        (&made["name"], &made["default_token_ttl"]),
        (&json!("worker"), &json!(60))
    );
    assert_eq!(made["scoped_machines"][0]["id"], api["id"]);
    assert_eq!(made["scoped_machines"][0].get("scoped_machines"), None);
    assert_eq!(
        (&api["instance_id"], &api["default_token_ttl"]),
        (&made["instance_id"], &json!(3600))
    );
    assert_eq!(get(&instance, &path), made);
    let secret = json!({ "object": "machine_secret_key", "secret": key });
    assert_eq!(get(&instance, &format!("{path}/secret_key")), secret);
    let token = ok_with(&instance, &key, "POST /m2m_tokens", json!({}));
    assert_eq!(
        token["expiration"],
        token["created_at"].as_i64().unwrap() + 60_000
    );

    instance.advance(Duration::from_secs(1));
    let changed = ok(&instance, &format!("PATCH {path}"), json!({ "name": "builder" }));
    assert_eq!(
        (&changed["name"], &changed["default_token_ttl"]),
        (&json!("builder"), &json!(60))
    );
    assert_eq!(changed["updated_at"], made["updated_at"].as_i64().unwrap() + 1000);

    let deleted = ok(&instance, &format!("DELETE {path}"), Value::Null);
    assert_eq!(
        deleted,
        json!({ "object": "machine", "id": made["id"], "deleted": true })
    );
    for call in ["GET", "PATCH", "DELETE"] {
        assert_eq!(
            error(&instance, &format!("{call} {path}"), Value::Null),
            not_found()
        );
    }
    assert_eq!(
        error(&instance, &format!("GET {path}/secret_key"), Value::Null),
        not_found()
    );
    assert_eq!(
        error_with(&instance, &key, "POST /m2m_tokens", json!({})),
        plain(401, "clerk_key_invalid")
    );
}

#[tokio::test]
async fn keys_are_rotated_and_scopes_come_and_go() {
    let instance = start().await;
    let [worker, api] =
        ["worker", "api"].map(|name| ok(&instance, "POST /machines", json!({ "name": name })));
    let path = format!("/machines/{}", text(&worker["id"]));
    let old = text(&worker["secret_key"]);
    let rotate = format!("POST {path}/secret_key/rotate");
    let new = text(&ok(&instance, &rotate, json!({ "previous_token_ttl": 60 }))["secret"]);
    assert_ne!(old, new);
    for key in [&old, &new] {
        ok_with(&instance, key, "POST /m2m_tokens", json!({}));
    }
    instance.advance(Duration::from_secs(60));
    assert_eq!(
        error_with(&instance, &old, "POST /m2m_tokens", json!({})).1,
        "clerk_key_invalid"
    );
    ok_with(&instance, &new, "POST /m2m_tokens", json!({}));
    assert_eq!(
        error(&instance, &rotate, json!({})),
        of_param("form_param_missing", "previous_token_ttl")
    );
    assert_eq!(
        error(
            &instance,
            "POST /machines/mch_1/secret_key/rotate",
            json!({ "previous_token_ttl": 0 })
        ),
        not_found()
    );

    let to = json!({ "to_machine_id": api["id"] });
    let scope = ok(&instance, &format!("POST {path}/scopes"), to.clone());
    assert_eq!(
        (&scope["from_machine_id"], &scope["to_machine_id"]),
        (&worker["id"], &api["id"])
    );
    assert_eq!(get(&instance, &path)["scoped_machines"][0]["name"], "api");
    assert_eq!(
        error(&instance, &format!("POST {path}/scopes"), to),
        plain(409, "duplicate_record")
    );
    let to_nobody = json!({ "to_machine_id": "mch_1" });
    assert_eq!(
        error(&instance, &format!("POST {path}/scopes"), to_nobody),
        not_found()
    );
    let delete = format!("DELETE {path}/scopes/{}", text(&api["id"]));
    assert_eq!(
        ok(&instance, &delete, Value::Null),
        json!({ "object": "machine_scope", "from_machine_id": worker["id"], "to_machine_id": api["id"], "deleted": true })
    );
    assert_eq!(error(&instance, &delete, Value::Null), not_found());
}

#[tokio::test]
async fn machines_are_listed_and_what_cannot_be_one_is_refused() {
    let instance = start().await;
    for name in ["charlie", "alpha", "bravo"] {
        ok(&instance, "POST /machines", json!({ "name": name }));
    }
    let names = |query: &str| {
        let page = get(&instance, &format!("/machines?{query}"));
        format!(
            "{} of {}",
            each(&page["data"], "name").join(" "),
            page["total_count"]
        )
    };
    assert_eq!(names(""), "bravo alpha charlie local of 4");
    assert_eq!(names("order_by=name&limit=2"), "alpha bravo of 4");
    assert_eq!(names("query=AL&order_by=-name"), "local alpha of 2");
    let refused = |body: Value| error(&instance, "POST /machines", body);
    for (body, code, param) in [
        (json!({}), "form_param_missing", "name"),
        (
            json!({ "name": "x".repeat(256) }),
            "form_param_value_invalid",
            "name",
        ),
        (
            json!({ "name": "x", "default_token_ttl": 0 }),
            "form_param_value_invalid",
            "default_token_ttl",
        ),
        (
            json!({ "name": "x", "scoped_machines": "mch_1" }),
            "form_param_type_invalid",
            "scoped_machines",
        ),
        (json!({ "name": "x", "more": 1 }), "form_param_unknown", "more"),
    ] {
        assert_eq!(refused(body.clone()), of_param(code, param), "{body}");
    }
    assert_eq!(
        refused(json!({ "name": "x", "scoped_machines": ["mch_1"] })),
        not_found()
    );
    assert_eq!(names("limit=1"), "bravo of 4");
}
