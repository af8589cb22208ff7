//! Checks the error of `ready` when the keys cannot be had: it names the host, the cause and the fix.

use std::process::Command;
use std::task::{Context, Poll, Waker};

use clerk_client::transport::{BoxFuture, Request, Response, Transport, TransportError, UnreachableCause};
use clerk_runtime::Clerk;
use clerk_runtime::token::TokenVerificationErrorReason as Reason;
use clerk_testing::LocalInstance;

#[derive(Debug)]
struct Unreachable(UnreachableCause);

impl Transport for Unreachable {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let error = TransportError::unreachable("api.clerk.com", self.0, "");
        Box::pin(std::future::ready(Err(error)))
    }
}

fn builder() -> clerk_runtime::ClerkBuilder {
    Clerk::builder()
        .publishable_key("pk_test_Y2xlcmsuZXhhbXBsZS5vcmck")
        .secret_key("sk_test_planted")
}

#[tokio::test]
async fn ready_names_the_host_and_the_cause() {
    for cause in [
        UnreachableCause::Dns,
        UnreachableCause::NoRoute,
        UnreachableCause::Tls,
        UnreachableCause::NoCertificateAuthorities,
        UnreachableCause::Proxy,
        UnreachableCause::Timeout,
    ] {
        let clerk = builder().transport(Unreachable(cause)).build().unwrap();
        let error = clerk.ready().await.unwrap_err();
        let expected = format!("Clerk could not be reached for the instance's keys: api.clerk.com: {cause}");
        assert_eq!(error.message(), expected);
        assert!(error.is_outage());
    }
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let clerk = builder().api_url(format!("http://{address}")).build().unwrap();
    let error = clerk.ready().await.unwrap_err();
    let expected = format!("{address}: the connection was refused");
    assert!(error.message().contains(&expected), "{error}");
}

#[tokio::test]
async fn ready_names_the_secret_key_that_clerk_refuses() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance
        .clerk_builder()
        .secret_key("sk_test_planted")
        .build()
        .unwrap();
    let error = clerk.ready().await.unwrap_err();
    assert_eq!(error.reason(), Reason::SecretKeyInvalid);
    for words in ["CLERK_SECRET_KEY", "401", "dashboard"] {
        assert!(error.message().contains(words), "{error}");
    }
    assert!(!error.message().contains("planted"), "{error}");
}

#[test]
fn ready_says_that_there_is_no_runtime() {
    let clerk = builder().build().unwrap();
    let mut ready = std::pin::pin!(clerk.ready());
    let Poll::Ready(Err(error)) = ready.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("it waits");
    };
    let expected = format!(
        "Clerk could not be reached for the instance's keys: {}",
        UnreachableCause::NoRuntime
    );
    assert_eq!(error.message(), expected);
}

/// Without certificate authorities all is well until a connection needs them. They are looked for once per process, so this
/// runs in another one.
#[test]
fn a_machine_without_certificate_authorities_serves_what_needs_none() {
    const CHILD: &str = "CLERK_TEST_WITHOUT_AUTHORITIES";
    if std::env::var_os(CHILD).is_none() {
        let output = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "reachability::a_machine_without_certificate_authorities_serves_what_needs_none",
            ])
            .envs([
                (CHILD, "1"),
                ("SSL_CERT_FILE", "/nonexistent"),
                ("SSL_CERT_DIR", "/nonexistent"),
            ])
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && printed.contains("1 passed"),
            "{printed}"
        );
        return;
    }
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let instance = LocalInstance::start().await.unwrap();
        instance.clerk().ready().await.unwrap();
        let clerk = builder().build().unwrap();
        let error = clerk.ready().await.unwrap_err();
        let expected = format!("api.clerk.com: {}", UnreachableCause::NoCertificateAuthorities);
        assert!(error.message().contains(&expected), "{error}");
    });
}
