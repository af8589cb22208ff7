//! Keys over transports that misbehave in ways a server cannot.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use clerk_client::transport::{BoxFuture, Request, Response, Transport, TransportError};
use clerk_runtime::{Clerk, JwksPolicy};
use clerk_testing::LocalInstance;

/// What happens at each call; the last repeats.
#[derive(Debug, Clone)]
enum Call {
    Answer(String),
    Hang,
    Panic,
}

#[derive(Debug, Clone)]
struct Script {
    calls: Vec<Call>,
    made: Arc<AtomicUsize>,
}

impl Transport for Script {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let number = self.made.fetch_add(1, Ordering::SeqCst);
        let call = self.calls[number.min(self.calls.len() - 1)].clone();
        Box::pin(async move {
            match call {
                Call::Answer(body) => Ok(Response {
                    status: http::StatusCode::OK,
                    headers: http::HeaderMap::new(),
                    body: Bytes::from(body),
                }),
                // The deadline that the request states is not kept.
                Call::Hang => std::future::pending().await,
                Call::Panic => panic!("as the test wants it"),
            }
        })
    }
}

fn clerk(instance: &LocalInstance, calls: Vec<Call>) -> (Clerk, Arc<AtomicUsize>) {
    let made = Arc::new(AtomicUsize::new(0));
    let script = Script {
        calls,
        made: Arc::clone(&made),
    };
    let policy = JwksPolicy::default().backoff(Duration::ZERO);
    let builder = instance.clerk_builder().transport(script).jwks_policy(policy);
    (builder.build().unwrap(), made)
}

#[tokio::test]
async fn keys_do_not_outlive_their_hour_when_the_fetching_task_is_lost() {
    let instance = LocalInstance::start().await.unwrap();
    let (clerk, _) = clerk(
        &instance,
        vec![Call::Answer(instance.jwks().to_string()), Call::Panic],
    );
    let token = instance.user("ada").expires_in(100_000).token();
    clerk.verify_token(&token).await.unwrap();
    instance.advance(Duration::from_secs(600));
    clerk.verify_token(&token).await.unwrap();
    let failure = clerk.health().last_failure;
    assert!(
        failure.is_some(),
        "a panic is a failure, unlike the end of a runtime"
    );
    instance.advance(Duration::from_secs(3600));
    assert!(clerk.verify_token(&token).await.unwrap_err().is_outage());
    assert!(clerk.ready().await.unwrap_err().is_outage());
}

#[tokio::test]
async fn a_set_without_a_usable_key_is_an_outage() {
    let instance = LocalInstance::start().await.unwrap();
    for body in [r#"{"keys":[null]}"#, r#"{"keys":[{"kty":"EC","kid":"x"}]}"#] {
        let (clerk, _) = clerk(&instance, vec![Call::Answer(body.to_owned())]);
        assert!(clerk.ready().await.is_err(), "{body}");
        let error = clerk
            .verify_token(&instance.user("ada").token())
            .await
            .unwrap_err();
        assert!(error.is_outage(), "{body}: {error:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_transport_that_never_returns_is_given_up_after_five_seconds() {
    let instance = LocalInstance::start().await.unwrap();
    let (clerk, made) = clerk(&instance, vec![Call::Hang]);
    let token = instance.user("ada").token();
    for (seconds, calls) in [(0, 1), (1, 1), (4, 2)] {
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        assert!(clerk.verify_token(&token).await.unwrap_err().is_outage());
        assert_eq!(made.load(Ordering::SeqCst), calls, "after {seconds} more seconds");
    }
}

#[test]
fn without_a_runtime_keys_are_unavailable_and_nothing_panics() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let instance = runtime.block_on(LocalInstance::start()).unwrap();
    drop(runtime);
    let (clerk, made) = clerk(&instance, vec![Call::Hang]);
    let token = instance.user("ada").token();
    let mut verification = std::pin::pin!(clerk.verify_token(&token));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match verification.as_mut().poll(&mut context) {
        std::task::Poll::Ready(Err(error)) => assert!(error.is_outage()),
        other => panic!("{other:?}"),
    }
    assert_eq!(made.load(Ordering::SeqCst), 0);
}
