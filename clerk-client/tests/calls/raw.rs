//! Calls that have no method here.

use http::Method;
use serde_json::{Value, json};

use crate::script::{Script, answer, ok};

#[tokio::test]
async fn any_path_of_the_api_can_be_called() {
    let script = Script::new([ok(r#"{"total_count":3}"#)]);
    let client = script.client();
    let count = client
        .request(Method::GET, "/users/count")
        .query("banned", "true")
        .query("q", "a b+c")
        .await;
    assert_eq!(count.unwrap(), json!({"total_count": 3}));
    client
        .request(Method::POST, "/email")
        .member("to", "x")
        .member("n", 0)
        .await
        .unwrap();
    client
        .request(Method::POST, "/bulk")
        .json(json!([1]))
        .unversioned()
        .await
        .unwrap();
    let sent: Vec<_> = script
        .requests()
        .into_iter()
        .map(|request| {
            (
                request.url,
                request.body.map(|body| String::from_utf8(body.to_vec()).unwrap()),
            )
        })
        .collect();
    let base = "https://api.clerk.com";
    let expected = [
        (format!("{base}/v1/users/count?banned=true&q=a+b%2Bc"), None),
        (format!("{base}/v1/email"), Some(r#"{"n":0,"to":"x"}"#.to_owned())),
        (format!("{base}/bulk"), Some("[1]".to_owned())),
    ];
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn a_path_that_could_lead_elsewhere_is_not_called() {
    let script = Script::new([ok("{}")]);
    let client = script.client();
    for path in [
        "users",
        "//evil.test/v1/users",
        "https://evil.test/v1/users",
        "@evil.test/users",
        "/../v2/users",
        "/users/%2e%2e/organizations",
        "/users/a%2fb",
        "/users?limit=1",
        "/users#x",
        "/users/a b",
        "",
    ] {
        let error = client.request(Method::GET, path).await.unwrap_err();
        assert_eq!(error.code(), "path_invalid", "{path}");
        assert!(!error.to_string().contains("evil"));
    }
    assert!(script.requests().is_empty());
}

#[tokio::test]
async fn a_raw_answer_may_be_anything() {
    for (status, body, expected) in [
        (204, "", Some(Value::Null)),
        (200, "[]", Some(json!([]))),
        (200, "7", Some(json!(7))),
        (200, "<html>", None),
    ] {
        let script = Script::new([answer(status, &[], body)]);
        let found = script.client().request(Method::GET, "/x").await.ok();
        assert_eq!(found, expected, "{body}");
    }
}

#[tokio::test]
async fn an_answer_can_be_had_as_it_came_or_in_a_type_of_ones_own() {
    #[derive(serde::Deserialize)]
    struct Own {
        id: String,
    }
    let script = Script::new([answer(200, &[("x-own", "1")], r#"{"id":"user_1"}"#)]);
    let client = script.client();
    let own: Own = client.users().get_user("user_1").read_as().await.unwrap();
    assert_eq!(own.id, "user_1");
    let response = client.users().get_user("user_1").response().await.unwrap();
    assert_eq!(response.headers["x-own"], "1");
    let script = Script::new([ok(r#"{"id":["planted"]}"#)]);
    let error = script
        .client()
        .users()
        .get_user("user_1")
        .read_as::<Own>()
        .await
        .err()
        .unwrap();
    assert_eq!(error.code(), "response_invalid");
    assert!(!format!("{error} {error:?}").contains("planted"));
}

#[tokio::test]
async fn a_call_can_be_kept_and_sent_elsewhere() {
    let script = Script::new([ok(r#"{"id":"user_1"}"#)]);
    let call = {
        let client = script.client();
        client.users().get_user(&String::from("user_1"))
    };
    let sent = tokio::spawn(async move { call.clone().await.and(call.await) });
    assert_eq!(sent.await.unwrap().unwrap().id, "user_1");
    assert_eq!(script.requests().len(), 2);
}
