use serde_json::{Value, json};

use crate::wire::{claims, each, error, get, not_found, of_param, ok, start, text};

#[tokio::test]
async fn templates_that_the_api_made_shape_tokens() {
    let instance = start().await;
    let made = ok(
        &instance,
        "POST /jwt_templates",
        json!({ "name": "hasura", "claims": { "role": "{{org.role}}", "org": "{{org.name}}" }, "lifetime": 120,
            "allowed_clock_skew": 7, "custom_signing_key": false }),
    );
    for (name, value) in [
        ("name", json!("hasura")),
        ("lifetime", json!(120)),
        ("allowed_clock_skew", json!(7)),
        ("custom_signing_key", json!(false)),
        ("signing_algorithm", json!("RS256")),
    ] {
        assert_eq!(made[name], value, "{name}");
    }
    let path = format!("/jwt_templates/{}", text(&made["id"]));
    assert_eq!(get(&instance, &path), made);

    let organization = ok(&instance, "POST /organizations", json!({ "name": "Acme Inc." }));
    let session = instance
        .user("ada")
        .org(text(&organization["id"]))
        .role("admin")
        .session_id();
    let call = format!("POST /sessions/{session}/tokens/hasura");
    let token = claims(&ok(&instance, &call, Value::Null));
    assert_eq!(
        (&token["role"], &token["org"]),
        (&json!("org:admin"), &json!("Acme Inc."))
    );
    let (issued_at, number) = (token["iat"].as_i64().unwrap(), |name: &str| {
        token[name].as_i64().unwrap()
    });
    assert_eq!((number("exp") - issued_at, issued_at - number("nbf")), (120, 7));

    let changed = ok(
        &instance,
        &format!("PATCH {path}"),
        json!({ "name": "supabase", "claims": { "aud": "authenticated" } }),
    );
    assert_eq!(
        (&changed["lifetime"], &changed["claims"]),
        (&json!(120), &json!({ "aud": "authenticated" }))
    );
    assert_eq!(error(&instance, &call, Value::Null), not_found());
    let token = ok(
        &instance,
        &format!("POST /sessions/{session}/tokens/supabase"),
        Value::Null,
    );
    assert_eq!(claims(&token)["aud"], "authenticated");

    let deleted = ok(&instance, &format!("DELETE {path}"), Value::Null);
    assert_eq!(
        deleted,
        json!({ "object": "jwt_template", "id": made["id"], "deleted": true })
    );
    for call in [format!("GET {path}"), format!("DELETE {path}")] {
        assert_eq!(error(&instance, &call, Value::Null), not_found());
    }
    assert_eq!(
        error(
            &instance,
            &format!("PATCH {path}"),
            json!({ "name": "x", "claims": {} })
        ),
        not_found()
    );
}

#[tokio::test]
async fn templates_are_listed_with_those_of_tests() {
    let instance = start().await;
    instance.jwt_template("first", json!({ "a": 1 }));
    instance.jwt_template("second", json!({ "a": 1 }));
    instance.jwt_template("first", json!({ "a": 2 }));
    let all = get(&instance, "/jwt_templates");
    assert_eq!(each(&all, "name"), ["second", "first"]);
    assert_eq!(all[1]["claims"], json!({ "a": 2 }));
    let page = get(&instance, "/jwt_templates?paginated=true&limit=1&offset=1");
    assert_eq!(
        (&page["total_count"], each(&page["data"], "name")),
        (&json!(2), vec!["first"])
    );
}

#[tokio::test]
async fn what_cannot_be_a_template_is_refused() {
    let instance = start().await;
    instance.jwt_template("taken", json!({}));
    let good = json!({ "name": "good", "claims": {} });
    let id = text(&ok(&instance, "POST /jwt_templates", good)["id"]);
    for call in [
        "POST /jwt_templates".to_owned(),
        format!("PATCH /jwt_templates/{id}"),
    ] {
        for (body, code, param) in [
            (json!({ "claims": {} }), "form_param_missing", "name"),
            (json!({ "name": "x" }), "form_param_missing", "claims"),
            (
                json!({ "name": "x", "claims": "{}" }),
                "form_param_type_invalid",
                "claims",
            ),
            (
                json!({ "name": "x", "claims": { "sub": "me" } }),
                "form_param_value_invalid",
                "claims",
            ),
            (
                json!({ "name": "taken", "claims": {} }),
                "form_identifier_exists",
                "name",
            ),
            (
                json!({ "name": "x", "claims": {}, "lifetime": 29 }),
                "form_param_value_invalid",
                "lifetime",
            ),
            (
                json!({ "name": "x", "claims": {}, "allowed_clock_skew": 301 }),
                "form_param_value_invalid",
                "allowed_clock_skew",
            ),
            (
                json!({ "name": "x", "claims": {}, "custom_signing_key": true }),
                "form_param_value_invalid",
                "custom_signing_key",
            ),
            (
                json!({ "name": "x", "claims": {}, "signing_algorithm": "HS256" }),
                "form_param_value_invalid",
                "signing_algorithm",
            ),
            (
                json!({ "name": "x", "claims": {}, "audience": "y" }),
                "form_param_unknown",
                "audience",
            ),
        ] {
            assert_eq!(
                error(&instance, &call, body.clone()),
                of_param(code, param),
                "{call} {body}"
            );
        }
    }
    assert_eq!(get(&instance, "/jwt_templates").as_array().unwrap().len(), 2);
}
