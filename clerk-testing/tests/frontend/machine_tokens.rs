use std::time::Duration;

use clerk_testing::{Endpoint, LocalInstance};
use serde_json::{Value, json};

use crate::wire::{Answer, ask, part, send};

const API_KEYS: &str = "/api_keys/verify";
const M2M: &str = "/m2m_tokens/verify";
const OAUTH: &str = "/oauth_applications/access_tokens/verify";

fn verify(instance: &LocalInstance, path: &str, name: &str, token: &str) -> Answer {
    ask(instance, "POST", path, &json!({ name: token }).to_string())
}

/// What a verification shows, with and without the version in the path.
fn shown(instance: &LocalInstance, path: &str, name: &str, token: &str) -> Value {
    let answer = verify(instance, path, name, token);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let versioned = verify(instance, &format!("/v1{path}"), name, token);
    assert_eq!(versioned.json(), answer.json());
    answer.json()
}

#[tokio::test]
async fn api_keys_are_of_users_and_of_organizations() {
    let instance = LocalInstance::start().await.unwrap();
    instance.clock().freeze();
    let key = instance
        .api_key("ada")
        .name("deploy")
        .scopes(["invoices:read"])
        .claims(json!({ "tier": "gold" }));
    assert!(key.secret().starts_with("ak_") && key.secret() != key.id());
    assert_eq!(key.bearer(), format!("Bearer {}", key.secret()));
    let body = shown(&instance, API_KEYS, "secret", &key.secret());
    let now = body["created_at"].as_i64().unwrap();
    assert!(now > 1_600_000_000_000);
    assert_eq!(
        body,
        json!({
            "object": "api_key", "id": key.id(), "type": "api_key", "name": "deploy", "description": null,
            "subject": instance.user("ada").user_id(), "scopes": ["invoices:read"], "claims": { "tier": "gold" },
            "revoked": false, "revocation_reason": null, "expired": false, "expiration": null,
            "created_by": null, "last_used_at": null, "created_at": now, "updated_at": now,
        })
    );

    let of_org = instance.api_key_of_org("acme");
    let body = shown(&instance, API_KEYS, "secret", &of_org.secret());
    assert_eq!(body["subject"], instance.organization("acme").id());
    assert_eq!(body["claims"], Value::Null);
    assert_eq!(instance.requests_to(Endpoint::ApiKeys), 4);
}

#[tokio::test]
async fn bad_tokens_are_shown_as_what_they_are() {
    let instance = LocalInstance::start().await.unwrap();
    let revoked = shown(
        &instance,
        API_KEYS,
        "secret",
        &instance.api_key("ada").revoked().secret(),
    );
    assert_eq!(
        (&revoked["revoked"], &revoked["expired"]),
        (&json!(true), &json!(false))
    );
    let expired = shown(
        &instance,
        API_KEYS,
        "secret",
        &instance.api_key("ada").expired().secret(),
    );
    assert_eq!(
        (&expired["revoked"], &expired["expired"]),
        (&json!(false), &json!(true))
    );
    assert!(expired["expiration"].as_i64().unwrap() < expired["created_at"].as_i64().unwrap());

    let token = instance.machine("worker").expires_in(60).m2m_token();
    assert_eq!(shown(&instance, M2M, "token", &token)["expired"], false);
    instance.advance(Duration::from_secs(60));
    assert_eq!(shown(&instance, M2M, "token", &token)["expired"], true);
    let token = instance.machine("worker").revoked().m2m_token();
    assert_eq!(shown(&instance, M2M, "token", &token)["revoked"], true);
    let token = instance.oauth_token("ada").revoked().token();
    assert_eq!(shown(&instance, OAUTH, "access_token", &token)["revoked"], true);
}

#[tokio::test]
async fn machines_have_opaque_tokens_and_jwts() {
    let instance = LocalInstance::start().await.unwrap();
    let worker = instance
        .machine("worker")
        .scopes(["api", "mch_other"])
        .claims(json!({ "job": "sync", "sub": "mch_forged" }));
    let api = instance.machine("api").id();
    let token = worker.m2m_token();
    assert!(token.starts_with("mt_") && token != worker.m2m_token());
    let body = shown(&instance, M2M, "token", &token);
    assert_eq!(body["object"], "machine_to_machine_token");
    assert_eq!(
        (&body["subject"], &body["claims"]["job"]),
        (&json!(worker.id()), &json!("sync"))
    );
    assert_eq!(body["scopes"], json!([api, "mch_other"]));
    assert!(body["id"].as_str().unwrap().starts_with("mt_"));

    let jwt = worker.m2m_jwt();
    let (header, claims) = (part(&jwt, 0), part(&jwt, 1));
    assert_eq!(
        (&header["cat"], &header["typ"]),
        (&json!("cl_B7d4PD333AAA"), &json!("JWT"))
    );
    assert_eq!(
        (&claims["sub"], &claims["iss"]),
        (&json!(worker.id()), &json!(instance.issuer()))
    );
    assert_eq!(
        (&claims["aud"], &claims["job"]),
        (&json!([api, "mch_other"]), &json!("sync"))
    );
    assert_eq!(claims["scopes"], format!("{api} mch_other"));
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        3600
    );
    assert_eq!(shown(&instance, M2M, "token", &jwt)["id"], claims["jti"]);
    assert_ne!(claims["jti"], part(&worker.m2m_jwt(), 1)["jti"]);
    let expired = part(&worker.expired().m2m_jwt(), 1);
    assert!(expired["exp"].as_i64().unwrap() < claims["iat"].as_i64().unwrap());
    assert!(expired["iat"].as_i64().unwrap() < expired["exp"].as_i64().unwrap());
}

#[tokio::test]
async fn oauth_tokens_are_of_a_user_and_a_client() {
    let instance = LocalInstance::start().await.unwrap();
    let token = instance
        .oauth_token("ada")
        .client_id("client_1")
        .scopes(["openid", "profile"]);
    let body = shown(&instance, OAUTH, "access_token", &token.token());
    assert_eq!(body["object"], "clerk_idp_oauth_access_token");
    assert_eq!(
        (&body["id"], &body["subject"]),
        (&json!(token.id()), &json!(token.user_id()))
    );
    assert_eq!(
        (&body["client_id"], &body["type"]),
        (&json!("client_1"), &json!("oauth_token"))
    );
    assert_eq!(body["scopes"], json!(["openid", "profile"]));
    assert_eq!(body.get("claims"), None);
    assert!(token.bearer().starts_with("Bearer oat_"));
    assert_eq!(verify(&instance, OAUTH, "secret", &token.token()).status, 200);

    let jwt = token.jwt();
    let (header, claims) = (part(&jwt, 0), part(&jwt, 1));
    assert_eq!((&header["typ"], header.get("cat")), (&json!("at+jwt"), None));
    assert_eq!(
        (&claims["sub"], &claims["jti"]),
        (&json!(token.user_id()), &json!(token.id()))
    );
    assert_eq!(
        (&claims["client_id"], &claims["scope"]),
        (&json!("client_1"), &json!("openid profile"))
    );
    assert_eq!(shown(&instance, OAUTH, "access_token", &jwt)["id"], token.id());
}

#[tokio::test]
async fn unknown_tokens_and_tokens_of_another_kind_are_not_found() {
    let instance = LocalInstance::start().await.unwrap();
    let tokens = [
        instance.api_key("ada").secret(),
        instance.machine("worker").m2m_token(),
        instance.oauth_token("ada").token(),
    ];
    for (index, (path, name)) in [(API_KEYS, "secret"), (M2M, "token"), (OAUTH, "access_token")]
        .into_iter()
        .enumerate()
    {
        for (other, token) in tokens.iter().enumerate() {
            let answer = verify(&instance, path, name, token);
            assert_eq!(
                answer.status,
                if index == other { 200 } else { 404 },
                "{path} {token}"
            );
        }
        let unknown = verify(&instance, path, name, "ak_unknown");
        assert_eq!(
            (unknown.status, unknown.code().as_str()),
            (404, "resource_not_found")
        );
        assert_eq!(verify(&instance, path, "other", "x").code(), "form_param_missing");
        assert_eq!(ask(&instance, "POST", path, "[]").code(), "request_body_invalid");
        assert_eq!(ask(&instance, "GET", path, "").status, 404);
        assert_eq!(
            send("POST", &format!("{}{path}", instance.url()), &[], "{}").status,
            401
        );
    }
}

#[tokio::test]
async fn the_machine_secret_key_is_for_m2m_tokens() {
    let instance = LocalInstance::start().await.unwrap();
    let bearer = format!("Bearer {}", instance.machine_secret_key());
    let ask = |path: &str, body: Value| {
        let url = format!("{}{path}", instance.url());
        send("POST", &url, &[("Authorization", &bearer)], &body.to_string())
    };
    let token = instance.machine("worker").m2m_token();
    assert_eq!(ask(M2M, json!({ "token": token })).status, 200);
    assert_eq!(
        ask("/v1/m2m_tokens/verify", json!({ "token": token })).status,
        200
    );
    let secret = instance.api_key("ada").secret();
    let refused = ask(API_KEYS, json!({ "secret": secret }));
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (401, "clerk_key_invalid")
    );
    let authorized: Vec<_> = instance
        .requests()
        .iter()
        .map(|request| request.authorized)
        .collect();
    assert_eq!(authorized, [true, true, false]);
}
