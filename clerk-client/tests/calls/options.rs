//! Settings of one call.

use std::time::Duration;

use clerk_client::{CallOptions, Client, ClientBuilder, Error};

use crate::script::{Script, answer, ok};

fn bearer(script: &Script) -> String {
    let requests = script.requests();
    requests[0].headers["authorization"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_call_has_the_key_that_is_meant_for_it() {
    let options = CallOptions::new;
    let token = || {
        answer(
            200,
            &[("content-type", "application/json")],
            r#"{"id":"mt_1","token":"t"}"#,
        )
    };
    let script = Script::new([token()]);
    let both = script.builder().machine_secret_key("ak_client").build().unwrap();
    let secret_only = script.client();
    for (client, given, expected) in [
        (&both, options(), Some("ak_client")),
        (&secret_only, options(), Some("sk_test_planted")),
        (&both, options().secret_key("sk_call"), Some("sk_call")),
        (&both, options().machine_secret_key("ak_call"), Some("ak_call")),
        (
            &both,
            options().secret_key("sk_call").machine_secret_key("ak_call"),
            Some("ak_call"),
        ),
    ] {
        client.m2m().verify("mt_secret").with(given).await.unwrap();
        assert_eq!(
            Some(bearer(&script).as_str()),
            expected.map(|key| format!("Bearer {key}")).as_deref()
        );
    }
    // Only a machine makes its tokens.
    both.m2m().create_token().await.unwrap();
    assert_eq!(bearer(&script), "Bearer ak_client");
    let call = secret_only
        .m2m()
        .create_token()
        .with(options().machine_secret_key("ak_call"));
    call.await.unwrap();
    assert_eq!(bearer(&script), "Bearer ak_call");
    let error = secret_only.m2m().create_token().await.unwrap_err();
    assert!(matches!(error, Error::NoMachineSecretKey) && error.code() == "machine_secret_key_missing");
    // The key of a machine is for nothing else.
    let script = Script::new([ok(r#"{"id":"user_1"}"#)]);
    let client = script.builder().machine_secret_key("ak_client").build().unwrap();
    client
        .users()
        .get_user("user_1")
        .with(options().machine_secret_key("ak_call"))
        .await
        .unwrap();
    assert_eq!(bearer(&script), "Bearer sk_test_planted");
    client
        .users()
        .get_user("user_1")
        .with(options().secret_key("sk_call"))
        .await
        .unwrap();
    assert_eq!(bearer(&script), "Bearer sk_call");
}

#[tokio::test]
async fn a_key_of_a_call_makes_up_for_one_of_the_client_and_is_checked() {
    let script = Script::new([ok(r#"{"id":"user_1"}"#)]);
    let keyless: Client = ClientBuilder::without_secret_key()
        .transport(script.clone())
        .build()
        .unwrap();
    let get = |key: &str| {
        keyless
            .users()
            .get_user("user_1")
            .with(CallOptions::new().secret_key(key))
    };
    get("sk_call").await.unwrap();
    assert_eq!(bearer(&script), "Bearer sk_call");
    for key in ["", "planted\n", "pl\u{e9}anted"] {
        let error = get(key).await.unwrap_err();
        assert_eq!(error.code(), "key_invalid");
        assert!(!format!("{error} {error:?}").contains("planted"));
    }
    assert!(script.requests().is_empty());
    let shown = format!(
        "{:?} {:?}",
        CallOptions::new()
            .secret_key("planted")
            .machine_secret_key("planted"),
        get("planted")
    );
    assert!(!shown.contains("planted"), "{shown}");
}

#[tokio::test]
async fn a_call_has_its_own_deadline_and_version() {
    let json = [("content-type", "application/json")];
    let script = Script::new([answer(200, &json, r#"{"id":"ak_1"}"#)]);
    let client = script.client();
    let options = CallOptions::new()
        .timeout(Duration::from_millis(7))
        .versioned(true);
    client.api_keys().verify("ak_secret").await.unwrap();
    client.api_keys().verify("ak_secret").with(options).await.unwrap();
    client
        .api_keys()
        .get("ak_1")
        .with(CallOptions::new().versioned(false))
        .await
        .unwrap();
    client
        .users()
        .get_user("user_1")
        .with(CallOptions::new().versioned(false))
        .await
        .unwrap();
    let sent = script
        .requests()
        .into_iter()
        .map(|request| (request.url, request.timeout));
    let base = "https://api.clerk.com";
    let five = Duration::from_secs(5);
    assert_eq!(
        sent.collect::<Vec<_>>(),
        [
            (format!("{base}/api_keys/verify"), five),
            (format!("{base}/v1/api_keys/verify"), Duration::from_millis(7)),
            (format!("{base}/api_keys/ak_1"), five),
            (format!("{base}/users/user_1"), five),
        ]
    );
}

#[tokio::test]
async fn what_grants_something_has_to_be_json_by_its_own_account() {
    let body = r#"{"id":"ak_1","object":"api_key","revoked":false,"expired":false}"#;
    for (content_type, is_read) in [
        ("application/json", true),
        ("application/json; charset=utf-8", true),
        ("text/html", false),
        ("application/jso", false),
    ] {
        let script = Script::new([answer(200, &[("content-type", content_type)], body)]);
        let client = script.client();
        assert_eq!(
            client.api_keys().verify("secret").await.is_ok(),
            is_read,
            "{content_type}"
        );
        assert_eq!(
            client.m2m().verify("secret").await.is_ok(),
            is_read,
            "{content_type}"
        );
        assert_eq!(
            client.idp_oauth_access_token().verify("secret").await.is_ok(),
            is_read,
            "{content_type}"
        );
        let payload = client.clients().get_handshake_payload("nonce").await;
        assert_eq!(payload.is_ok(), is_read, "{content_type}");
        assert!(client.api_keys().get("ak_1").await.is_ok());
    }
    let script = Script::new([ok(body)]);
    let error = script.client().api_keys().verify("secret").await.unwrap_err();
    assert_eq!(error.code(), "response_invalid");
}

#[tokio::test]
async fn what_options_do_not_say_stays_as_it_was() {
    let script = Script::new([answer(503, &[], "{}")]);
    let client = script.client();
    let hasty = || CallOptions::new().timeout(Duration::from_millis(7));
    // A nonce can be used once.
    let payload = || client.clients().get_handshake_payload("nonce");
    payload().await.unwrap_err();
    assert_eq!(script.requests().len(), 1);
    payload().with(hasty()).await.unwrap_err();
    let requests = script.requests();
    assert_eq!(
        (requests.len(), requests[0].timeout),
        (1, Duration::from_millis(7))
    );
    payload().with(hasty().retries(1)).await.unwrap_err();
    assert_eq!(script.requests().len(), 2);

    let script = Script::new([ok(r#"{"id":"user_1"}"#)]);
    let client = script.client();
    let user = client.users().get_user("user_1");
    let user = user.with(CallOptions::new().secret_key("sk_call").versioned(false));
    user.with(hasty()).await.unwrap();
    let request = script.requests().remove(0);
    assert_eq!(request.headers["authorization"], "Bearer sk_call");
    assert_eq!(request.url, "https://api.clerk.com/users/user_1");
    assert_eq!(request.timeout, Duration::from_millis(7));
    let verify = client.m2m().verify("mt_secret");
    let _ = verify
        .with(CallOptions::new().machine_secret_key("ak_call"))
        .with(hasty())
        .await;
    assert_eq!(bearer(&script), "Bearer ak_call");
}
