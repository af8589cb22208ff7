use std::time::Duration;

use clerk_testing::{Endpoint, LocalInstance, TokenBuilder};
use serde_json::{Value, json};

use crate::wire::{Answer, ask, cookie, part, strings, suffix_of};

fn refresh_token(ada: &TokenBuilder) -> String {
    ada.refresh_cookie().split_once('=').unwrap().1.to_owned()
}

fn refresh(instance: &LocalInstance, session_id: &str, members: &Value) -> Answer {
    let path = format!("/v1/sessions/{session_id}/refresh?suffixed_cookies=true");
    ask(instance, "POST", &path, &members.to_string())
}

fn members(ada: &TokenBuilder) -> Value {
    json!({
        "format": "cookie",
        "expired_token": ada.token(),
        "refresh_token": refresh_token(ada),
        "request_origin": "http://localhost:4000",
        "request_headers": { "host": ["localhost:4000"] },
    })
}

#[tokio::test]
async fn an_expired_token_and_a_refresh_token_give_new_cookies() {
    let instance = LocalInstance::start().await.unwrap();
    let ada = instance.user("ada").expired();
    let answer = refresh(&instance, &ada.session_id(), &members(&ada));
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.json()["object"], "cookies");
    let cookies = strings(&answer.json()["cookies"]);
    let suffix = suffix_of(&cookies, "__session_");
    let session = cookie(&cookies, "__session").unwrap();
    assert_eq!(cookie(&cookies, &format!("__session_{suffix}")), Some(session));
    let claims = part(session, 1);
    assert_eq!(claims["sid"], ada.session_id());
    assert_eq!(claims["azp"], "http://localhost:4000");
    assert!(instance.clerk().verify_token(session).await.is_ok());

    // The refresh token that came with them is good as well.
    let mut next = members(&ada);
    next["refresh_token"] = json!(cookie(&cookies, &format!("__refresh_{suffix}")).unwrap());
    assert_eq!(refresh(&instance, &ada.session_id(), &next).status, 200);
    next["format"] = json!("token");
    let token = refresh(&instance, &ada.session_id(), &next).json();
    assert_eq!(token["object"], "token");
    assert_eq!(part(token["jwt"].as_str().unwrap(), 1)["sid"], ada.session_id());
    assert_eq!(instance.requests_to(Endpoint::SessionRefresh), 3);
}

#[tokio::test]
async fn what_is_not_of_the_session_is_refused() {
    let instance = LocalInstance::start().await.unwrap();
    let (ada, bob) = (instance.user("ada").expired(), instance.user("bob").expired());
    let id = ada.session_id();
    let with = |name: &str, value: Value| {
        let mut members = members(&ada);
        members[name] = value;
        let answer = refresh(&instance, &id, &members);
        (answer.status, answer.code())
    };
    let invalid = |code: &str| (400, code.to_owned());
    assert_eq!(
        with("refresh_token", json!("nonsense")),
        invalid("refresh_token_invalid")
    );
    assert_eq!(
        with("refresh_token", json!(refresh_token(&bob))),
        invalid("refresh_token_invalid")
    );
    for token in [
        json!("nonsense"),
        json!("a.b.c"),
        json!(bob.token()),
        json!(ada.clone().signed_by_other_key().token()),
    ] {
        assert_eq!(with("expired_token", token), invalid("expired_token_invalid"));
    }
    for name in ["expired_token", "refresh_token", "request_origin"] {
        assert_eq!(with(name, Value::Null), (422, "form_param_missing".to_owned()));
        assert_eq!(with(name, json!("")), (422, "form_param_missing".to_owned()));
    }
    assert_eq!(refresh(&instance, &id, &json!([])).code(), "request_body_invalid");
    assert_eq!(
        refresh(&instance, "sess_unknown", &members(&ada)).code(),
        "expired_token_invalid"
    );
    // A token that an older key signed is a token of the session all the same.
    let old = members(&ada);
    instance.rotate_keys();
    assert_eq!(refresh(&instance, &id, &old).status, 200);
    instance.retire_old_keys();
    assert_eq!(refresh(&instance, &id, &old).code(), "expired_token_invalid");
}

#[tokio::test]
async fn refresh_ends_with_the_session_and_after_a_week() {
    let instance = LocalInstance::start().await.unwrap();
    let ada = instance.user("ada");
    let late = members(&ada);
    instance.advance(Duration::from_secs(7 * 24 * 60 * 60));
    assert_eq!(
        refresh(&instance, &ada.session_id(), &late).code(),
        "refresh_token_invalid"
    );
    let good = members(&ada);
    assert_eq!(refresh(&instance, &ada.session_id(), &good).status, 200);
    let id = ada.session_id();
    instance.end_session(&id);
    assert_eq!(refresh(&instance, &id, &good).code(), "refresh_token_invalid");
}
