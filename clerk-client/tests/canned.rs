//! The client over a transport of the test's own: no network, and no feature needed.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use clerk_client::transport::{BoxFuture, Request, Response, Transport, TransportError};
use clerk_client::{BuildError, Client, ClientBuilder, Error};
use http::{HeaderMap, StatusCode};

/// Answers everything with the same body, and remembers what it was asked.
#[derive(Clone)]
struct Canned {
    body: &'static str,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Canned {
    fn new(body: &'static str) -> Self {
        Self {
            body,
            requests: Arc::default(),
        }
    }

    fn taken(&self) -> Vec<Request> {
        std::mem::take(&mut self.requests.lock().unwrap())
    }
}

impl fmt::Debug for Canned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Canned")
    }
}

impl Transport for Canned {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        self.requests.lock().unwrap().push(request);
        let body = Bytes::from_static(self.body.as_bytes());
        Box::pin(async move {
            Ok(Response {
                status: StatusCode::OK,
                headers: HeaderMap::new(),
                body,
            })
        })
    }
}

fn builder(transport: &Canned) -> ClientBuilder {
    Client::builder("sk_test_planted").transport(transport.clone())
}

#[tokio::test]
async fn a_call_has_the_documented_limits() {
    let transport = Canned::new(r#"{"id":"user_1","jwt":"a.b.c"}"#);
    let client = builder(&transport).build().unwrap();
    client.users().get_user("user_1").await.unwrap();
    client.sessions().get_token("sess_1").await.unwrap();
    client.jwks().get_jwks().await.unwrap();
    let limits = transport.taken().into_iter().map(|request| {
        assert_eq!(request.timeout, Duration::from_secs(5));
        (request.url, request.max_response_bytes)
    });
    let base = "https://api.clerk.com/v1";
    assert_eq!(
        limits.collect::<Vec<_>>(),
        [
            (format!("{base}/users/user_1"), 1024 * 1024),
            (format!("{base}/sessions/sess_1/tokens"), 1024 * 1024),
            (format!("{base}/jwks"), 64 * 1024),
        ]
    );
    let hasty = builder(&transport).timeout(Duration::from_millis(7));
    let hasty = hasty.build().unwrap();
    hasty.jwks().get_jwks().await.unwrap();
    assert_eq!(transport.taken()[0].timeout, Duration::from_millis(7));
}

#[tokio::test]
async fn a_transport_is_not_asked_for_what_is_refused() {
    let transport = Canned::new("{}");
    let client = builder(&transport).build().unwrap();
    for id in ["", ".", "..", "%2e.", "user_1/ban", "//evil.test"] {
        assert!(client.users().get_user(id).await.is_err(), "{id}");
        let call = client.sessions().get_token_from_template(id, "template");
        assert!(matches!(
            call.await,
            Err(Error::Argument {
                name: "session_id",
                ..
            })
        ));
        let call = client.sessions().get_token_from_template("sess_1", id);
        assert!(matches!(
            call.await,
            Err(Error::Argument {
                name: "template_name",
                ..
            })
        ));
    }
    let keyless = ClientBuilder::without_secret_key().transport(transport.clone());
    let error = keyless.build().unwrap().jwks().get_jwks().await.unwrap_err();
    assert!(matches!(error, Error::NoSecretKey) && error.code() == "secret_key_missing");
    assert!(transport.taken().is_empty());
}

#[tokio::test]
async fn the_secret_key_is_in_no_text() {
    let transport = Canned::new("{}");
    let builder = builder(&transport);
    let mut shown = format!("{builder:?} {builder:#?}");
    let client = builder.build().unwrap();
    shown += &format!(
        "{client:?} {client:#?} {:?} {:?} {:?} {:?}",
        client.users(),
        client.jwks(),
        client.sessions(),
        client.sessions().get_token("sess_1").expires_in_seconds(60)
    );
    let error = client.users().get_user("user_1").await.unwrap_err();
    shown += &format!("{error} {error:?} {:?}", client.users().get_user("..").await);
    let request = transport.taken().remove(0);
    assert_eq!(request.headers["authorization"], "Bearer sk_test_planted");
    shown += &format!("{request:?} {:?}", request.headers);
    assert!(!shown.contains("planted"), "{shown}");
}

#[tokio::test]
async fn a_request_is_shown_without_its_query() {
    let transport = Canned::new(r#"{"directives":[]}"#);
    let client = builder(&transport).build().unwrap();
    // An answer that says nothing of its type is refused; it was asked for all the same.
    let _ = client.clients().get_handshake_payload("planted").await;
    let _ = client
        .users()
        .get_user_list()
        .email_address(["planted@example.com"])
        .await;
    for (request, path) in transport
        .taken()
        .iter()
        .zip(["/clients/handshake_payload", "/users"])
    {
        assert!(request.url.contains("planted"), "{}", request.url);
        let shown = format!("{request:?} {request:#?}");
        assert!(!shown.contains("planted"), "{shown}");
        assert!(
            shown.contains(&format!("\"https://api.clerk.com/v1{path}\"")),
            "{shown}"
        );
    }
}

#[test]
fn a_setting_that_cannot_be_used_is_named_but_not_repeated() {
    for timeout in [Duration::ZERO, Duration::from_secs(301), Duration::MAX] {
        let error = Client::builder("sk_test_1").timeout(timeout).build().unwrap_err();
        assert_eq!(error, BuildError::Timeout(timeout));
    }
    let error = Client::builder("sk_test_1").retries(11).build().unwrap_err();
    assert_eq!(error, BuildError::Retries(11));
    let transport = Canned::new("{}");
    for key in [
        "",
        "sk_test planted",
        "planted\n",
        "plant\u{e9}planted",
        "\0planted",
    ] {
        let error = Client::builder(key)
            .transport(transport.clone())
            .build()
            .unwrap_err();
        assert_eq!(error, BuildError::SecretKey);
        assert!(!format!("{error} {error:?}").contains("planted"));
    }
    for key in ["", "ak_planted\n"] {
        let error = builder(&transport).machine_secret_key(key).build().unwrap_err();
        assert_eq!(error, BuildError::MachineSecretKey);
        let shown = format!("{error} {error:?}");
        assert!(
            shown.contains("ak_") && !shown.contains("sk_") && !shown.contains("planted"),
            "{shown}"
        );
    }
    for agent in ["", " ", "a\r\nx: y", "\u{e9}"] {
        let error = builder(&transport).user_agent(agent).build().unwrap_err();
        assert_eq!(error, BuildError::UserAgent, "{agent:?}");
    }
    let plain = builder(&transport).api_url("http://api.clerk.com").build();
    let error = plain.unwrap_err();
    assert_eq!(error, BuildError::Insecure);
    assert!(error.to_string().contains("https") && error.to_string().contains("loopback"));
    let elsewhere = builder(&transport).api_version("../v2").build();
    assert_eq!(elsewhere.unwrap_err(), BuildError::ApiVersion);
}

#[test]
fn everything_can_cross_threads() {
    fn is_portable<T: Send + Sync + 'static>() {}
    fn is_sendable(_: impl Send) {}
    is_portable::<Client>();
    is_portable::<Error>();
    is_portable::<BuildError>();
    let client = builder(&Canned::new("{}")).build().unwrap();
    is_sendable(client.users().get_user("user_1"));
    is_sendable(client.jwks().get_jwks());
    is_sendable(client.sessions().get_token("sess_1").into_future());
}

#[cfg(not(feature = "reqwest"))]
#[test]
fn without_the_feature_a_transport_has_to_be_given() {
    let error = Client::builder("sk_test_1").build().unwrap_err();
    assert!(matches!(error, BuildError::Transport(_)), "{error}");
}
