//! Hosts that cannot be reached, each for another reason.
//!
//! Checks the errors of a host that cannot be reached. The environment of the process decides on the trusted certificates and
//! on the proxy, so each test runs in a process of its own.

use std::pin::pin;
use std::process::Command;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use clerk_client::Client;
use clerk_client::transport::{ReqwestTransport, TransportError, UnreachableCause};
use tokio::io::AsyncWriteExt;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::server::{Answer, SECRET_KEY, listen, read_request};

const CHILD: &str = "CLERK_CLIENT_TEST_CHILD";
/// A certificate that is not the server's.
const AUTHORITY: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/wire/certificates/unrelated.pem"
);

/// Runs this test again in a process with these variables. Returns whether this is that process.
fn is_child(test: &str, variables: &[(&str, &str)]) -> bool {
    if std::env::var_os(CHILD).is_some() {
        return true;
    }
    let mut command = Command::new(std::env::current_exe().unwrap());
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_ascii_lowercase());
    }
    let output = command
        .args(["--exact", test, "--nocapture"])
        .env_remove("SSL_CERT_DIR")
        .env("SSL_CERT_FILE", AUTHORITY)
        .env(CHILD, "1")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let printed =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && printed.contains("1 passed"),
        "{printed}"
    );
    false
}

async fn failure(url: &str) -> TransportError {
    let client = Client::builder(SECRET_KEY)
        .api_url(url)
        .retries(0)
        .build()
        .unwrap();
    let error = client.users().get_user("user_1").await.unwrap_err();
    assert!(
        error.is_transport() && !error.to_string().contains("planted"),
        "{error}"
    );
    match error {
        clerk_client::Error::Transport(error) => error,
        other => panic!("{other}"),
    }
}

async fn assert_cause(url: &str, cause: UnreachableCause, text: &str) {
    let error = failure(url).await;
    assert_eq!(error.unreachable_cause(), Some(cause), "{error}");
    assert!(error.to_string().contains(text), "{error}");
    let host = url.split_once("://").unwrap().1;
    assert!(error.to_string().starts_with(host), "{error}");
    assert_eq!(format!("{error:?}"), error.to_string());
}

fn block_on(future: impl Future<Output = ()>) {
    tokio::runtime::Runtime::new().unwrap().block_on(future);
}

#[test]
fn a_name_without_an_address() {
    if is_child("unreachable::a_name_without_an_address", &[]) {
        block_on(assert_cause(
            "https://api.clerk.invalid",
            UnreachableCause::Dns,
            "the name cannot be resolved (DNS)",
        ));
    }
}

#[test]
fn a_port_that_nothing_listens_at() {
    if is_child("unreachable::a_port_that_nothing_listens_at", &[]) {
        block_on(async {
            for scheme in ["http", "https"] {
                let (listener, url) = listen().await;
                drop(listener);
                let url = url.replace("http", scheme);
                assert_cause(&url, UnreachableCause::Refused, "the connection was refused").await;
            }
        });
    }
}

#[test]
fn a_server_that_speaks_no_tls() {
    if is_child("unreachable::a_server_that_speaks_no_tls", &[]) {
        block_on(async {
            let (listener, url) = listen().await;
            tokio::spawn(async move {
                let (mut stream, _) = listener.accept().await.unwrap();
                stream
                    .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    .await
                    .unwrap();
                std::future::pending::<()>().await;
            });
            let url = url.replace("http", "https");
            assert_cause(&url, UnreachableCause::Tls, "the TLS handshake failed (").await;
        });
    }
}

#[test]
fn a_server_that_hangs_up_during_the_handshake() {
    if is_child("unreachable::a_server_that_hangs_up_during_the_handshake", &[]) {
        block_on(async {
            let (listener, url) = listen().await;
            tokio::spawn(async move {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut hello = [0; 16384];
                _ = tokio::io::AsyncReadExt::read(&mut stream, &mut hello).await;
            });
            let url = url.replace("http", "https");
            assert_cause(&url, UnreachableCause::Tls, "the TLS handshake failed (").await;
        });
    }
}

#[test]
fn a_certificate_of_an_unknown_authority() {
    if is_child("unreachable::a_certificate_of_an_unknown_authority", &[]) {
        block_on(async {
            let certificate = CertificateDer::from(&include_bytes!("certificates/server.der")[..]);
            let key = PrivateKeyDer::try_from(&include_bytes!("certificates/server.key.der")[..]).unwrap();
            let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(vec![certificate], key)
                .unwrap();
            let (listener, url) = listen().await;
            tokio::spawn(async move {
                let (stream, _) = listener.accept().await.unwrap();
                TlsAcceptor::from(Arc::new(config)).accept(stream).await
            });
            let url = url.replace("http", "https");
            assert_cause(&url, UnreachableCause::Tls, "certificate").await;
        });
    }
}

#[test]
fn a_machine_without_certificate_authorities() {
    let nowhere = [
        ("SSL_CERT_FILE", "/nonexistent"),
        ("SSL_CERT_DIR", "/nonexistent"),
    ];
    if is_child("unreachable::a_machine_without_certificate_authorities", &nowhere) {
        block_on(async {
            // Plain `http` needs none.
            let (url, served) = Answer::ok(r#"{"id":"user_1"}"#).serve().await;
            let client = Client::builder(SECRET_KEY).api_url(url).build().unwrap();
            client.users().get_user("user_1").await.unwrap();
            served.await.unwrap();
            for url in ["https://api.clerk.com", "https://127.0.0.1:1"] {
                assert_cause(
                    url,
                    UnreachableCause::NoCertificateAuthorities,
                    "no certificate authorities were found: install ca-certificates, or set SSL_CERT_FILE",
                )
                .await;
            }
            assert!(ReqwestTransport::new().is_ok());
        });
    }
}

#[test]
fn a_proxy_that_refuses() {
    if std::env::var_os(CHILD).is_some() {
        let cause = UnreachableCause::Proxy;
        return block_on(assert_cause(
            "https://api.clerk.com",
            cause,
            "the proxy did not connect",
        ));
    }
    block_on(async {
        let (listener, refusing) = listen().await;
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                assert!(
                    read_request(&mut stream)
                        .await
                        .starts_with("CONNECT api.clerk.com:443 ")
                );
                stream.write_all(b"HTTP/1.1 403 Forbidden\r\n\r\n").await.unwrap();
            }
        });
        let (listener, absent) = listen().await;
        drop(listener);
        for proxy in [refusing, absent.clone(), absent.replace("http", "socks5")] {
            tokio::task::spawn_blocking(move || {
                is_child(
                    "unreachable::a_proxy_that_refuses",
                    &[("HTTPS_PROXY", proxy.as_str())],
                )
            })
            .await
            .unwrap();
        }
    });
}

#[test]
fn outside_of_a_runtime() {
    let client = Client::builder(SECRET_KEY)
        .api_url("http://127.0.0.1:1")
        .build()
        .unwrap();
    let mut call = pin!(client.users().get_user("user_1").into_future());
    let Poll::Ready(Err(error)) = call.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("it waits");
    };
    assert_eq!(error.unreachable_cause(), Some(UnreachableCause::NoRuntime));
    assert_eq!(
        error.to_string(),
        "the Backend API could not be reached: 127.0.0.1:1: there is no Tokio runtime here: call from async code that Tokio runs"
    );
}
