//! What is sent.

use std::collections::BTreeSet;

use clerk_client::Client;

use crate::server::{Answer, SECRET_KEY, client};

/// The request line, and the header lines without `host`.
fn parts(request: &str) -> (&str, BTreeSet<&str>, &str) {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let (line, headers) = head.split_once("\r\n").unwrap();
    let headers = headers
        .split("\r\n")
        .filter(|line| !line.starts_with("host: "))
        .collect();
    (line, headers, body)
}

const USER_AGENT: &str = concat!("user-agent: clerk-client/", env!("CARGO_PKG_VERSION"));

fn headers<'a>(more: &[&'a str]) -> BTreeSet<&'a str> {
    let always = [
        "accept: */*",
        "authorization: Bearer sk_test_planted",
        "clerk-api-version: 2026-05-12",
        "content-type: application/json",
        USER_AGENT,
    ];
    always.into_iter().chain(more.iter().copied()).collect()
}

#[tokio::test]
async fn a_call_has_clerks_headers_and_no_others() {
    let (url, served) = Answer::ok(r#"{"id":"user_1"}"#).serve().await;
    client(&url).users().get_user("user_1").await.unwrap();
    let request = served.await.unwrap();
    let expected = ("GET /v1/users/user_1 HTTP/1.1", headers(&[]), "");
    assert_eq!(parts(&request), expected);
}

#[tokio::test]
async fn a_body_is_sent_only_when_there_is_something_to_say() {
    for (expires_in, length, body) in [
        (None, "content-length: 0", ""),
        (Some(300), "content-length: 26", r#"{"expires_in_seconds":300}"#),
    ] {
        let answer = Answer::ok(r#"{"object":"token","jwt":"a.b.c"}"#);
        let (url, served) = answer.serve().await;
        let client = client(&url);
        let mut call = client.sessions().get_token_from_template("sess_1", "my template");
        if let Some(seconds) = expires_in {
            call = call.expires_in_seconds(seconds);
        }
        assert_eq!(call.await.unwrap().jwt, "a.b.c");
        let request = served.await.unwrap();
        let line = "POST /v1/sessions/sess_1/tokens/my%20template HTTP/1.1";
        assert_eq!(parts(&request), (line, headers(&[length]), body));
    }
}

#[tokio::test]
async fn a_session_token_has_an_address_of_its_own() {
    let (url, served) = Answer::ok(r#"{"jwt":"a.b.c"}"#).serve().await;
    let token = client(&url).sessions().get_token("sess_1").await.unwrap();
    assert_eq!(token.jwt, "a.b.c");
    let request = served.await.unwrap();
    assert_eq!(parts(&request).0, "POST /v1/sessions/sess_1/tokens HTTP/1.1");
}

#[tokio::test]
async fn an_api_address_may_have_a_path_and_a_version() {
    let (url, served) = Answer::ok(r#"{"keys":[]}"#).serve().await;
    let client = Client::builder(SECRET_KEY)
        .api_url(format!("{url}/base/"))
        .api_version("v2")
        .user_agent("my-server/1.0")
        .build()
        .unwrap();
    client.jwks().get_jwks().await.unwrap();
    let request = served.await.unwrap();
    let (line, headers, _) = parts(&request);
    assert_eq!(line, "GET /base/v2/jwks HTTP/1.1");
    assert!(headers.contains("user-agent: my-server/1.0"), "{headers:?}");
}

#[tokio::test]
async fn an_argument_is_encoded_on_the_wire() {
    for (id, encoded) in [
        ("user_1?x=1", "user_1%3Fx%3D1"),
        ("user_1#x", "user_1%23x"),
        ("a%20b", "a%2520b"),
        ("\u{e9}", "%C3%A9"),
    ] {
        let (url, served) = Answer::ok(r#"{"id":"user_1"}"#).serve().await;
        client(&url).users().get_user(id).await.unwrap();
        let request = served.await.unwrap();
        assert_eq!(parts(&request).0, format!("GET /v1/users/{encoded} HTTP/1.1"));
    }
}

#[tokio::test]
async fn a_page_is_asked_for_by_limit_and_offset() {
    let answer = r#"{"data":[{"key":"org:a:b","type":"user"},{"key":null}],"total_count":7}"#;
    let (url, served) = Answer::ok(answer).serve().await;
    let client = client(&url);
    let permissions = client.organization_permissions();
    let page = permissions
        .get_organization_permission_list()
        .limit(2)
        .offset(4)
        .await
        .unwrap();
    assert_eq!((page.data.len(), page.total_count), (2, 7));
    assert_eq!(page.data[0].key, "org:a:b");
    let request = served.await.unwrap();
    let line = "GET /v1/organization_permissions?limit=2&offset=4 HTTP/1.1";
    assert_eq!(parts(&request), (line, headers(&[]), ""));
}

#[tokio::test]
async fn a_list_may_be_null_and_a_role_without_permissions() {
    let (url, served) = Answer::ok(r#"{"data":[{"key":"org:admin","permissions":null}]}"#)
        .serve()
        .await;
    let page = client(&url)
        .organization_roles()
        .get_organization_role_list()
        .await
        .unwrap();
    assert_eq!(page.data[0].permissions, []);
    let request = served.await.unwrap();
    assert_eq!(parts(&request).0, "GET /v1/organization_roles HTTP/1.1");
    let (url, _served) = Answer::ok(r#"{"data":null,"total_count":null}"#).serve().await;
    let page = client(&url)
        .organization_roles()
        .get_organization_role_list()
        .await
        .unwrap();
    assert_eq!((page.data, page.total_count), (vec![], 0));
}
