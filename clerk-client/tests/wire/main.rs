//! The client against a server on loopback that answers whatever a test wants.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

use std::time::{Duration, Instant};

use clerk_client::transport::TransportError;
use clerk_client::{Client, Error};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// How a server writes its answer.
#[derive(Clone)]
enum Pace {
    AtOnce,
    /// One byte a time, so much apart.
    Drip(Duration),
}

/// Serves one connection with this answer, and gives back the request that came.
async fn server(answer: String, pace: Pace) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = vec![0; 8192];
        let length = stream.read(&mut request).await.unwrap();
        let text = String::from_utf8(request[..length].to_vec()).unwrap();
        match pace {
            Pace::AtOnce => _ = stream.write_all(answer.as_bytes()).await,
            Pace::Drip(pause) => {
                for byte in answer.as_bytes() {
                    if stream.write_all(&[*byte]).await.is_err() {
                        break;
                    }
                    tokio::time::sleep(pause).await;
                }
            }
        }
        text
    });
    (url, served)
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn client(url: &str) -> Client {
    Client::builder("sk_test_planted")
        .api_url(url)
        .timeout(Duration::from_millis(800))
        .build()
        .unwrap()
}

async fn get_user(status: &str, headers: &str, body: &str) -> Result<clerk_client::resources::User, Error> {
    let (url, _) = server(answer(status, headers, body), Pace::AtOnce).await;
    client(&url).users().get_user("user_1").await
}

#[tokio::test]
async fn a_call_has_clerks_headers_and_no_others_of_ours() {
    let (url, served) = server(answer("200 OK", "", r#"{"id":"user_1"}"#), Pace::AtOnce).await;
    client(&url).users().get_user("user_1").await.unwrap();
    let request = served.await.unwrap().to_ascii_lowercase();
    assert!(
        request.starts_with("get /v1/users/user_1 http/1.1\r\n"),
        "{request}"
    );
    for header in [
        "authorization: bearer sk_test_planted",
        "clerk-api-version: 2026-05-12",
        "content-type: application/json",
        concat!("user-agent: clerk-client/", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(
            request.contains(&format!("\r\n{header}\r\n")),
            "no {header} in {request}"
        );
    }
}

#[tokio::test]
async fn a_body_is_sent_only_when_there_is_something_to_say() {
    for (expires_in, body) in [(None, ""), (Some(300), r#"{"expires_in_seconds":300}"#)] {
        let (url, served) = server(
            answer("200 OK", "", r#"{"object":"token","jwt":"a.b.c"}"#),
            Pace::AtOnce,
        )
        .await;
        let client = client(&url);
        let mut call = client
            .sessions()
            .create_token_from_template("sess_1", "my template");
        if let Some(seconds) = expires_in {
            call = call.expires_in(seconds);
        }
        let token = call.await.unwrap();
        assert_eq!(
            (token.jwt.as_str(), format!("{token:?}").as_str()),
            ("a.b.c", "Token([redacted])")
        );
        let request = served.await.unwrap();
        assert!(
            request.starts_with("POST /v1/sessions/sess_1/tokens/my%20template HTTP/1.1\r\n"),
            "{request}"
        );
        assert!(request.ends_with(&format!("\r\n\r\n{body}")), "{request}");
    }
}

#[tokio::test]
async fn an_error_answer_keeps_everything_that_clerk_says() {
    let body = r#"{"errors":[{"code":"resource_not_found","message":"not found","long_message":"No user was found.","meta":{"param_name":"user_id"}}],"clerk_trace_id":"0123"}"#;
    let error = get_user("404 Not Found", "retry-after: 7\r\ncf-ray: other\r\n", body)
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.code(), "resource_not_found");
    assert_eq!(error.trace_id(), Some("0123"));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.errors()[0].meta.as_ref().unwrap()["param_name"], "user_id");
    assert!(error.body_is_json());
    assert!(error.to_string().contains("No user was found."), "{error}");
}

#[tokio::test]
async fn an_answer_of_somebody_else_is_an_error_too() {
    let gateway = get_user(
        "502 Bad Gateway",
        "cf-ray: ray\r\nretry-after: soon\r\n",
        "<html>",
    )
    .await
    .unwrap_err();
    assert_eq!(
        (gateway.code(), gateway.trace_id()),
        ("unexpected_response", Some("ray"))
    );
    assert_eq!((gateway.retry_after(), gateway.body_is_json()), (None, false));
    let odd = get_user("500 Oops", "", r#"{"errors":[7,{"code":"x"},null]}"#)
        .await
        .unwrap_err();
    assert_eq!(odd.code(), "x");
    let html = get_user("200 OK", "", "<html>").await.unwrap_err();
    assert_eq!(html.code(), "response_invalid");
    let quoted = get_user("200 OK", "", r#""planted""#).await.unwrap_err();
    assert!(!format!("{quoted} {quoted:?}").contains("planted"), "{quoted:?}");
}

#[tokio::test]
async fn a_user_is_read_leniently() {
    let body = r#"{"id":"user_1","first_name":null,"email_addresses":null,"created_at":1767225600000.0,"made_up":1}"#;
    let user = get_user("200 OK", "content-type: text/plain\r\n", body)
        .await
        .unwrap();
    assert_eq!(
        (user.first_name, user.email_addresses.len(), user.created_at),
        (None, 0, Some(1_767_225_600_000))
    );
    assert_eq!(user.other["made_up"], 1);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let location = format!(
        "location: http://{}/v1/users/user_1\r\n",
        target.local_addr().unwrap()
    );
    let error = get_user("307 Temporary Redirect", &location, "")
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
    let visitor = tokio::time::timeout(Duration::from_millis(200), target.accept()).await;
    assert!(visitor.is_err(), "the redirect was followed");
}

#[tokio::test]
async fn the_deadline_covers_a_body_that_drips() {
    let (url, _) = server(
        answer("200 OK", "", &"x".repeat(1000)),
        Pace::Drip(Duration::from_millis(20)),
    )
    .await;
    let started = Instant::now();
    let error = client(&url).users().get_user("user_1").await.unwrap_err();
    assert!(
        matches!(error, Error::Transport(TransportError::Timeout)),
        "{error:?}"
    );
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_key_set_is_read_to_64_kib_and_kept_as_it_came() {
    for (body, keys) in [
        (r#"{"keys":[null,{"kty":"made-up"},7]}"#.to_owned(), Some(3)),
        (r#"{"keys":{}}"#.to_owned(), Some(0)),
        ("null".to_owned(), Some(0)),
        (format!(r#"{{"keys":["{}"]}}"#, "x".repeat(64 * 1024)), None),
        ("{".to_owned(), None),
    ] {
        let (url, _) = server(answer("200 OK", "", &body), Pace::AtOnce).await;
        let found = client(&url).jwks().get_jwks().await;
        assert_eq!(found.as_ref().ok().map(|set| set.keys.len()), keys, "{found:?}");
    }
}

#[tokio::test]
async fn nobody_there_is_a_transport_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = client(&url).users().get_user("user_1").await.unwrap_err();
    assert!(
        matches!(error, Error::Transport(TransportError::Connect(_))),
        "{error:?}"
    );
    assert_eq!((error.code(), error.status()), ("unexpected_error", None));
}

#[tokio::test]
async fn what_cannot_be_an_id_is_refused_before_anything_is_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = client(&format!("http://{}", listener.local_addr().unwrap()));
    for id in [
        "",
        ".",
        "..",
        "%2e%2e",
        "user_1/ban",
        "//evil.test",
        "user_1\\ban",
        "a\nb",
    ] {
        let error = client.users().get_user(id).await.unwrap_err();
        assert_eq!(error.code(), "argument_invalid", "{id}");
        let error = client
            .sessions()
            .create_token_from_template("sess_1", id)
            .await
            .unwrap_err();
        assert!(
            matches!(
                error,
                Error::Argument {
                    name: "template_name",
                    ..
                }
            ),
            "{id}"
        );
    }
    let visitor = tokio::time::timeout(Duration::from_millis(100), listener.accept()).await;
    assert!(visitor.is_err(), "something was sent");
}

#[tokio::test]
async fn the_secret_key_is_not_shown() {
    let builder = Client::builder("sk_test_planted");
    let mut shown = format!("{builder:?}");
    let client = builder.api_url("http://127.0.0.1:9").build().unwrap();
    shown += &format!(
        "{client:?} {:?} {:?}",
        client.users(),
        client.sessions().create_token("sess_1")
    );
    let error = client.users().get_user("user_1").await.unwrap_err();
    shown += &format!("{error} {error:?}");
    let refused = Client::builder("sk_test planted").build().unwrap_err();
    shown += &format!("{refused} {refused:?}");
    assert!(!shown.contains("planted"), "{shown}");
}
