//! Members that may be left alone, emptied or set.

use clerk_client::Patch;
use serde_json::{Map, Value, json};

use crate::script::{Script, ok};

fn body(script: &Script) -> Value {
    let request = script.requests().remove(0);
    request
        .body
        .map_or(Value::Null, |body| serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn absent_null_and_a_value_are_three_things() {
    let script = Script::new([ok(r#"{"id":"user_1"}"#)]);
    let client = script.client();
    let name = String::from("Ada");
    for (call, expected) in [
        (client.users().update_user("user_1"), json!({})),
        (
            client.users().update_user("user_1").first_name("Ada"),
            json!({"first_name": "Ada"}),
        ),
        (
            client.users().update_user("user_1").first_name(&name),
            json!({"first_name": "Ada"}),
        ),
        (
            client.users().update_user("user_1").first_name(""),
            json!({"first_name": ""}),
        ),
        (
            client.users().update_user("user_1").first_name(Patch::Null),
            json!({"first_name": null}),
        ),
        (
            client.users().update_user("user_1").first_name(Patch::Absent),
            json!({}),
        ),
        (
            client
                .users()
                .update_user("user_1")
                .first_name("Ada")
                .first_name(Patch::Absent),
            json!({}),
        ),
        (
            client
                .users()
                .update_user("user_1")
                .first_name(Patch::or_null(None::<String>)),
            json!({"first_name": null}),
        ),
        (
            client
                .users()
                .update_user("user_1")
                .first_name(Patch::or_absent(None::<&str>)),
            json!({}),
        ),
        (
            client
                .users()
                .update_user("user_1")
                .first_name(Patch::or_null(Some("Ada"))),
            json!({"first_name": "Ada"}),
        ),
        (
            client.users().update_user("user_1").delete_self_enabled(false),
            json!({"delete_self_enabled": false}),
        ),
        (
            client.users().update_user("user_1").create_organizations_limit(0),
            json!({"create_organizations_limit": 0}),
        ),
    ] {
        call.await.unwrap();
        assert_eq!(body(&script), expected);
    }
}

#[tokio::test]
async fn metadata_is_merged_or_replaced() {
    let script = Script::new([ok(r#"{"id":"user_1"}"#)]);
    let client = script.client();
    let gone = json!({"plan": null, "seats": {"used": 3}});
    client
        .users()
        .update_user_metadata("user_1")
        .public_metadata(gone.clone())
        .await
        .unwrap();
    client
        .users()
        .replace_user_metadata("user_1")
        .private_metadata(Map::new())
        .await
        .unwrap();
    let sent: Vec<(String, Value)> = script
        .requests()
        .into_iter()
        .map(|request| {
            (
                request.method.to_string(),
                serde_json::from_slice(&request.body.unwrap()).unwrap(),
            )
        })
        .collect();
    let expected = [
        ("PATCH".to_owned(), json!({"public_metadata": gone})),
        ("PUT".to_owned(), json!({"private_metadata": {}})),
    ];
    assert_eq!(sent, expected);
}
