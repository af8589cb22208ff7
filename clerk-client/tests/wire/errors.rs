//! What is made of failures.

use std::time::Duration;

use clerk_client::Error;
use clerk_client::transport::TransportError;

use crate::server::{Answer, client, listen, stays_alone};

#[tokio::test]
async fn an_error_answer_keeps_everything_that_clerk_says() {
    let body = r#"{"errors":[{"code":"resource_not_found","message":"not found","long_message":"No user was found.","meta":{"param_name":"user_id"}}],"clerk_trace_id":"0123"}"#;
    let answer = Answer::new("404 Not Found", body)
        .header("retry-after", "7")
        .header("cf-ray", "other");
    let error = answer.get_user().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.code(), "resource_not_found");
    assert_eq!(error.trace_id(), Some("0123"));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.errors()[0].message, "not found");
    assert_eq!(error.errors()[0].meta.as_ref().unwrap()["param_name"], "user_id");
    assert!(error.body_is_json() && !error.is_transport());
    assert!(error.to_string().contains("No user was found."), "{error}");
}

#[tokio::test]
async fn an_answer_of_somebody_else_is_an_error_too() {
    let answer = Answer::new("502 Bad Gateway", "<html>")
        .header("content-type", "text/html")
        .header("cf-ray", "ray")
        .header("retry-after", "soon");
    let error = answer.get_user().await.unwrap_err();
    assert_eq!(
        (error.code(), error.trace_id(), error.raw_body()),
        ("unexpected_response", Some("ray"), Some("<html>"))
    );
    assert_eq!((error.retry_after(), error.body_is_json()), (None, false));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let (target, url) = listen().await;
        let answer = Answer::new(status, "").header("location", &format!("{url}/v1/users/user_1"));
        let error = answer.get_user().await.unwrap_err();
        assert!(error.status().unwrap().is_redirection(), "{error:?}");
        assert!(
            stays_alone(&target).await,
            "{status}: the secret key went elsewhere"
        );
    }
}

#[tokio::test]
async fn nobody_there_is_a_transport_error() {
    let (listener, url) = listen().await;
    drop(listener);
    let error = client(&url).users().get_user("user_1").await.unwrap_err();
    assert!(
        matches!(error, Error::Transport(TransportError::Unreachable { .. })),
        "{error:?}"
    );
    assert_eq!((error.code(), error.status()), ("unexpected_error", None));
    assert!(error.is_transport());
}

#[tokio::test]
async fn half_an_answer_is_a_transport_error() {
    let answer = Answer::ok(r#"{"id":"user_1"}"#).promising(1000);
    let error = answer.get_user().await.unwrap_err();
    assert!(
        matches!(error, Error::Transport(TransportError::Other(_))),
        "{error:?}"
    );
}

#[tokio::test]
async fn what_cannot_be_a_segment_is_refused_before_anything_is_sent() {
    let (listener, url) = listen().await;
    let client = client(&url);
    let long = "a".repeat(70_000);
    for id in [
        "",
        ".",
        "..",
        "%2e%2e",
        "%252E.",
        "user_1/ban",
        "user_1%2fban",
        "//evil.test",
        "user_1\\ban",
        "a\nb",
        &long,
    ] {
        for error in [
            client.users().get_user(id).await.unwrap_err(),
            client.sessions().get_token(id).await.unwrap_err(),
            client
                .sessions()
                .get_token_from_template("sess_1", id)
                .await
                .unwrap_err(),
        ] {
            assert_eq!(error.code(), "argument_invalid", "{id}");
        }
    }
    assert!(stays_alone(&listener).await, "something was sent");
}
