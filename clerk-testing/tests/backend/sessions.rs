use std::time::Duration;

use clerk_testing::LocalInstance;
use serde_json::{Value, json};

use crate::wire::{claims, each, error, get, not_found, of_param, ok, plain, start, text};

#[tokio::test]
async fn sessions_are_made_shown_and_revoked() {
    let instance = start().await;
    let made = ok(
        &instance,
        "POST /users",
        json!({ "email_address": ["ada@example.com"] }),
    );
    let user_id = text(&made["id"]);
    let session = ok(&instance, "POST /sessions", json!({ "user_id": user_id }));
    let now = session["created_at"].as_i64().unwrap();
    let id = text(&session["id"]);
    assert!(id.starts_with("sess_") && text(&session["client_id"]).starts_with("client_"));
    assert_eq!(
        (&session["user_id"], &session["status"]),
        (&json!(user_id), &json!("active"))
    );
    assert_eq!(session["expire_at"], now + 7 * 24 * 3_600_000);
    assert_eq!(get(&instance, &format!("/sessions/{id}")), session);
    assert_eq!(
        get(&instance, &format!("/users/{user_id}"))["last_sign_in_at"],
        now
    );

    let token = ok(&instance, &format!("POST /sessions/{id}/tokens"), Value::Null);
    let claims = claims(&token);
    assert_eq!((&claims["sub"], &claims["sid"]), (&json!(user_id), &json!(id)));

    instance.advance(Duration::from_secs(1));
    let revoked = ok(&instance, &format!("POST /sessions/{id}/revoke"), Value::Null);
    assert_eq!(
        (&revoked["status"], &revoked["updated_at"]),
        (&json!("revoked"), &json!(now + 1000))
    );
    assert_eq!(get(&instance, &format!("/sessions/{id}")), revoked);
    assert_eq!(
        error(&instance, &format!("POST /sessions/{id}/tokens"), Value::Null),
        not_found()
    );
    // Once more changes nothing.
    assert_eq!(
        ok(&instance, &format!("POST /sessions/{id}/revoke"), Value::Null),
        revoked
    );
}

#[tokio::test]
async fn sessions_have_an_organization_that_the_user_is_in() {
    let instance = start().await;
    let acme = instance.organization("acme").member("ada", "admin");
    let other = instance.organization("other");
    let ada = instance.user("ada").user_id();
    let session = ok(
        &instance,
        "POST /sessions",
        json!({ "user_id": ada, "active_organization_id": acme.id() }),
    );
    assert_eq!(session["last_active_organization_id"], acme.id());
    let refused = |body: Value| error(&instance, "POST /sessions", body);
    assert_eq!(
        refused(json!({ "user_id": ada, "active_organization_id": other.id() })),
        not_found()
    );
    assert_eq!(refused(json!({ "user_id": "user_1" })), not_found());
    assert_eq!(refused(json!({})), of_param("form_param_missing", "user_id"));
    assert_eq!(
        refused(json!({ "user_id": ada, "x": 1 })),
        of_param("form_param_unknown", "x")
    );
    for call in ["GET /sessions/sess_1", "POST /sessions/sess_1/revoke"] {
        assert_eq!(error(&instance, call, Value::Null), not_found());
    }

    let production = LocalInstance::builder()
        .production("app.localhost")
        .start()
        .await
        .unwrap();
    let ada = production.user("ada").user_id();
    assert_eq!(
        error(&production, "POST /sessions", json!({ "user_id": ada })),
        plain(400, "request_invalid_for_environment")
    );
}

#[tokio::test]
async fn sessions_are_listed_by_user_or_client() {
    let instance = start().await;
    let ada = instance.user("ada").user_id();
    let ids: Vec<_> = (0..12).map(|_| instance.user("ada").session_id()).collect();
    let pending = instance.user("ada").pending().session_id();
    let _ = instance.user("bob").session_id();
    instance.end_session(&ids[0]);

    let list = get(&instance, &format!("/sessions?user_id={ada}"));
    assert_eq!(list.as_array().unwrap().len(), 10);
    assert_eq!(each(&list, "id")[0], pending);
    assert_eq!(
        (&list[0]["status"], &list[0]["tasks"][0]["key"]),
        (&json!("pending"), &json!("choose-organization"))
    );
    let page = get(
        &instance,
        &format!("/sessions?user_id={ada}&paginated=true&limit=2&offset=11"),
    );
    assert_eq!(page["total_count"], 13);
    assert_eq!(each(&page["data"], "id"), [ids[1].as_str(), ids[0].as_str()]);
    assert_eq!(page["data"][1]["status"], "ended");
    let active = get(
        &instance,
        &format!("/sessions?user_id={ada}&status=active&paginated=true"),
    );
    assert_eq!(active["total_count"], 11);
    let client = text(&list[0]["client_id"]);
    assert_eq!(
        each(&get(&instance, &format!("/sessions?client_id={client}")), "id"),
        [pending.as_str()]
    );

    assert_eq!(
        error(&instance, "GET /sessions", Value::Null),
        of_param("form_param_missing", "user_id")
    );
    assert_eq!(
        error(
            &instance,
            &format!("GET /sessions?user_id={ada}&status=asleep"),
            Value::Null
        ),
        of_param("form_param_value_invalid", "status")
    );
    instance.advance(Duration::from_secs(7 * 24 * 3600));
    let expired = get(
        &instance,
        &format!("/sessions?user_id={ada}&status=expired&paginated=true"),
    );
    assert_eq!(expired["total_count"], 12);
    assert_eq!(
        error(
            &instance,
            &format!("POST /sessions/{}/tokens", ids[3]),
            Value::Null
        ),
        not_found()
    );
}

#[tokio::test]
async fn a_revoked_session_does_not_come_back_by_its_builder() {
    let instance = start().await;
    let ada = instance.user("ada");
    let id = ada.session_id();
    ok(&instance, &format!("POST /sessions/{id}/revoke"), Value::Null);
    let _ = ada.bearer();
    assert_eq!(get(&instance, &format!("/sessions/{id}"))["status"], "revoked");
    let path = format!("/sessions/{}", instance.user("ada").session_id());
    assert_eq!(get(&instance, &path)["status"], "active");
}
