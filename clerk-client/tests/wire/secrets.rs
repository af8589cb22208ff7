//! The secret key goes to one host and into no text.

use std::process::Command;

use clerk_client::Client;

use crate::server::{Answer, SECRET_KEY, client, listen, stays_alone};

#[tokio::test]
async fn a_gateway_that_repeats_the_request_gives_nothing_away() {
    for status in ["400 Bad Request", "200 OK"] {
        for body in [
            format!("GET /v1/users/user_1\nauthorization: Bearer {SECRET_KEY}"),
            format!(r#""{SECRET_KEY}""#),
            format!(r#"{{"id":{{"authorization":"{SECRET_KEY}"}}}}"#),
        ] {
            let error = Answer::new(status, body).get_user().await.unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("planted"), "{shown}");
        }
    }
}

#[tokio::test]
async fn a_token_is_not_shown() {
    let (url, _served) = Answer::ok(r#"{"jwt":"planted"}"#).serve().await;
    let token = client(&url).sessions().get_token("sess_1").await.unwrap();
    assert_eq!(token.jwt, "planted");
    assert_eq!(format!("{token:?}"), "Token { jwt: [redacted] }");
    assert!(!format!("{token:#?}").contains("planted"));
}

/// The environment of a test cannot be changed while others run, so this test runs itself once more.
#[tokio::test]
async fn loopback_is_not_shown_to_a_proxy() {
    const SERVER: &str = "CLERK_CLIENT_TEST_SERVER";
    if let Ok(url) = std::env::var(SERVER) {
        let client = Client::builder(SECRET_KEY).api_url(url).build().unwrap();
        client.jwks().get_jwks().await.unwrap();
        return;
    }
    let (proxy, proxy_url) = listen().await;
    let (url, served) = Answer::ok(r#"{"keys":[]}"#).serve().await;
    let mut again = Command::new(std::env::current_exe().unwrap());
    again
        .args(["--exact", "secrets::loopback_is_not_shown_to_a_proxy"])
        .env(SERVER, url)
        .env_remove("NO_PROXY")
        .env_remove("no_proxy");
    for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        again.env(name, &proxy_url);
    }
    let again = tokio::task::spawn_blocking(move || again.output().unwrap());
    assert!(stays_alone(&proxy).await, "the secret key went to the proxy");
    let output = again.await.unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(served.await.unwrap().contains(SECRET_KEY));
    assert!(stays_alone(&proxy).await, "the secret key went to the proxy");
}
