//! The bounds of the calls that requests cause, by other ways than a flood of guards.

use std::collections::HashSet;
use std::future::ready;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::transport::{BoxFuture, Request, Response, Transport, TransportError};
use clerk_runtime::token::{AcceptsToken, TokenType};
use clerk_runtime::{AuthStatus, Clerk, Deviation, RequestState};
use clerk_testing::{Endpoint, Fault, LocalInstance, TestClock};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

/// The answer to the call about a credential, by the body of the call.
type Answers = Arc<dyn Fn(&str) -> (u16, HeaderMap, Value) + Send + Sync>;

/// A Clerk that only answers about credentials.
#[derive(Clone)]
struct Backend {
    answers: Answers,
    calls: Arc<Mutex<Vec<String>>>,
}

impl std::fmt::Debug for Backend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Backend").finish_non_exhaustive()
    }
}

impl Transport for Backend {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let body = String::from_utf8(request.body.unwrap_or_default().to_vec()).unwrap();
        let call = format!("{} {body}", request.url);
        self.calls.lock().unwrap().push(call.clone());
        let (status, mut headers, body) = (self.answers)(&call);
        if status == 0 {
            return Box::pin(std::future::pending());
        }
        headers.insert("content-type", "application/json".parse().unwrap());
        Box::pin(ready(Ok(Response {
            status: StatusCode::from_u16(status).unwrap(),
            headers,
            body: body.to_string().into(),
        })))
    }
}

struct Scene {
    clerk: Clerk,
    clock: TestClock,
    backend: Backend,
}

impl Scene {
    fn new(
        production: bool,
        answers: impl Fn(&str) -> (u16, HeaderMap, Value) + Send + Sync + 'static,
    ) -> Self {
        let backend = Backend {
            answers: Arc::new(answers),
            calls: Arc::default(),
        };
        let clock = TestClock::new();
        clock.freeze();
        let kind = if production { "live" } else { "test" };
        let clerk = Clerk::builder()
            .publishable_key(format!("pk_{kind}_Y2xlcmsuYXR0YWNrcy50ZXN0JA"))
            .secret_key(format!("sk_{kind}_outbound"))
            .any_authorized_party()
            .transport(backend.clone())
            .clock(clock.clone())
            .build()
            .unwrap();
        Self {
            clerk,
            clock,
            backend,
        }
    }

    fn calls(&self) -> usize {
        self.backend.calls.lock().unwrap().len()
    }

    /// Authenticates without axum.
    async fn ask(&self, headers: &[(&str, &str)], accepts: AcceptsToken) -> RequestState {
        ask(&self.clerk, headers, accepts).await
    }

    async fn bear(&self, token: &str) -> RequestState {
        let authorization = format!("Bearer {token}");
        self.ask(&[("authorization", &authorization)], AcceptsToken::ANY)
            .await
    }
}

async fn ask(clerk: &Clerk, headers: &[(&str, &str)], accepts: AcceptsToken) -> RequestState {
    let mut request = http::Request::get("/").header("host", "app.test");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let parts = request.body(()).unwrap().into_parts().0;
    clerk.authenticate(&parts).accepts(accepts).await.unwrap()
}

fn not_found() -> (u16, HeaderMap, Value) {
    (
        404,
        HeaderMap::new(),
        json!({"errors": [{"code": "resource_not_found"}]}),
    )
}

/// Clerk's answer about a good token, by the endpoint of the call.
fn good(call: &str) -> Value {
    let (object, subject) = match () {
        () if call.contains("/api_keys/") => ("api_key", "user_1"),
        () if call.contains("/m2m_tokens/") => ("machine_to_machine_token", "mch_1"),
        () => ("clerk_idp_oauth_access_token", "user_1"),
    };
    json!({
        "object": object, "id": "id_1", "subject": subject, "client_id": "client_1", "scopes": [], "claims": null,
        "revoked": false, "expired": false, "expiration": null,
    })
}

#[tokio::test]
async fn every_kind_of_opaque_token_is_paid_out_of_one_budget_of_a_handle_and_its_clones() {
    for (production, burst) in [(false, 30), (true, 60)] {
        let scene = Scene::new(production, |_| not_found());
        let (clone, mut refused) = (scene.clerk.clone(), 0);
        for number in 0..300 {
            let prefix = ["ak", "mt", "oat"][number % 3];
            let scheme = ["Bearer", "bearer", "BEARER"][number % 3];
            let authorization = format!("{scheme} {prefix}_{number}");
            let clerk = [&scene.clerk, &clone][number % 2];
            let state = ask(clerk, &[("authorization", &authorization)], AcceptsToken::ANY).await;
            assert_eq!(state.status(), AuthStatus::SignedOut);
            if state.deviation() == Some(Deviation::CallBudget) {
                refused += 1;
                assert!(state.retry_after().is_some(), "{state:?}");
            } else {
                assert_eq!(state.reason().unwrap().as_str(), "token-invalid");
            }
        }
        assert_eq!((scene.calls(), refused), (burst, 300 - burst));
        let health = scene.clerk.health().calls;
        assert_eq!(
            (health.unknown.made, health.unknown.refused),
            (burst as u64, 300 - burst as u64)
        );
        // Another handle has a budget of its own.
        let other = Scene::new(production, |_| not_found());
        let _ = other.bear("ak_1").await;
        assert_eq!(other.calls(), 1);
    }
}

#[tokio::test]
async fn nonces_and_opaque_tokens_share_a_budget_and_production_takes_nonces_by_cookie() {
    let scene = Scene::new(true, |_| not_found());
    for number in 0..300 {
        let cookie = format!("__clerk_handshake_nonce=hn_{number}");
        let headers = [("cookie", &*cookie), ("sec-fetch-dest", "iframe")];
        let state = scene.ask(&headers, AcceptsToken::SESSION).await;
        assert_eq!(state.reason().unwrap().as_str(), "session-token-missing");
        assert_eq!(
            state.retry_after().is_some(),
            state.deviation() == Some(Deviation::CallBudget)
        );
    }
    assert_eq!(scene.calls(), 60);
    let state = scene.bear("ak_1").await;
    assert_eq!(state.deviation(), Some(Deviation::CallBudget));
    assert_eq!(scene.calls(), 60);
    // Beside no document the nonce is not looked up, and a guard without the layer never does.
    let scene = Scene::new(true, |_| not_found());
    for headers in [
        &[("sec-fetch-dest", "empty")][..],
        &[("sec-fetch-dest", "image"), ("accept", "text/html")],
        &[],
    ] {
        let headers = [headers, &[("cookie", "__clerk_handshake_nonce=hn_1")]].concat();
        let state = scene.ask(&headers, AcceptsToken::SESSION).await;
        assert_eq!(state.deviation(), Some(Deviation::NonceOnDocument));
        assert_eq!(
            (state.status(), state.reason().unwrap().as_str().as_ref()),
            (AuthStatus::SignedOut, "session-token-missing")
        );
    }
    assert_eq!(scene.calls(), 0);
}

#[tokio::test]
async fn retries_are_paid_as_any_call() {
    let scene = Scene::new(false, |_| (500, HeaderMap::new(), json!({})));
    for number in 0..300 {
        let state = scene.bear(&format!("mt_{number}")).await;
        assert!(state.retry_after().is_some());
    }
    assert_eq!(scene.calls(), 30, "15 calls, each of them twice");
    scene.clock.advance(Duration::from_millis(334));
    // One call is left: it is made, and not made again.
    let state = scene.bear("mt_last").await;
    assert_eq!((state.deviation(), scene.calls()), (None, 31));
}

#[tokio::test]
async fn retry_after_of_a_503_closes_and_one_of_another_status_does_not() {
    for (status, closes) in [(429, true), (503, true), (500, false), (404, false), (401, false)] {
        let scene = Scene::new(false, move |_| {
            let headers = HeaderMap::from_iter([(http::header::RETRY_AFTER, 20.into())]);
            (status, headers, json!({"errors": []}))
        });
        let _ = scene.bear("ak_1").await;
        let (calls, closed_for) = (scene.calls(), scene.clerk.health().calls.unknown.closed_for);
        assert_eq!(closed_for, closes.then_some(Duration::from_secs(20)), "{status}");
        // A call that was told to wait is not made again.
        assert_eq!(calls, if status == 500 { 2 } else { 1 }, "{status}");
        let _ = scene.bear("ak_2").await;
        assert_eq!(scene.calls() > calls, !closes, "{status}");
        scene.clock.advance(Duration::from_secs(20));
        let _ = scene.bear("ak_3").await;
        assert!(scene.calls() > calls, "{status}");
    }
}

#[tokio::test]
async fn only_what_clerk_verified_within_the_hour_and_still_verifies_has_the_reserved_share() {
    let revoked: Arc<Mutex<HashSet<String>>> = Arc::default();
    let scene = Scene::new(false, {
        let revoked = Arc::clone(&revoked);
        move |call| {
            if !call.contains("_good") {
                return not_found();
            }
            let mut answer = good(call);
            let is_revoked = revoked.lock().unwrap().iter().any(|key| call.contains(key));
            answer["revoked"] = json!(is_revoked);
            (200, HeaderMap::new(), answer)
        }
    });
    let use_up = async |scene: &Scene, name: &str| {
        for number in 0..60 {
            let _ = scene.bear(&format!("ak_{name}{number}")).await;
        }
    };
    for token in ["ak_good", "mt_good", "oat_good"] {
        assert_eq!(scene.bear(token).await.status(), AuthStatus::SignedIn);
    }
    use_up(&scene, "first").await;
    for token in ["ak_good", "mt_good", "oat_good"] {
        assert_eq!(scene.bear(token).await.status(), AuthStatus::SignedIn);
        // As a token of another kind it was never verified.
        let other = token.replace("_good", "_good2");
        assert_eq!(
            scene.bear(&other).await.deviation(),
            Some(Deviation::CallBudget),
            "{other}"
        );
    }
    // No result is kept: a revoked token is refused at once, and has the share no longer.
    revoked.lock().unwrap().insert("ak_good".to_owned());
    assert_eq!(
        scene.bear("ak_good").await.deviation(),
        Some(Deviation::MachineTokenState)
    );
    assert_eq!(
        scene.bear("ak_good").await.deviation(),
        Some(Deviation::CallBudget)
    );
    // After an hour without use it is as any other.
    scene.clock.advance(Duration::from_secs(3599));
    use_up(&scene, "second").await;
    assert_eq!(scene.bear("mt_good").await.status(), AuthStatus::SignedIn);
    scene.clock.advance(Duration::from_secs(3600));
    use_up(&scene, "third").await;
    assert_eq!(
        scene.bear("mt_good").await.deviation(),
        Some(Deviation::CallBudget)
    );
}

#[tokio::test]
async fn the_reserved_share_is_bounded_too() {
    let scene = Scene::new(false, |call| (200, HeaderMap::new(), good(call)));
    for number in 0..300 {
        let state = scene.bear("ak_good").await;
        let expected = if number <= 100 {
            AuthStatus::SignedIn
        } else {
            AuthStatus::SignedOut
        };
        assert_eq!(state.status(), expected, "{number}");
    }
    assert_eq!(scene.calls(), 101, "one unknown, 100 reserved");
}

#[tokio::test(start_paused = true)]
async fn requests_that_go_away_give_their_places_back() {
    let scene = Scene::new(false, |call| match call.contains("hang") {
        true => (0, HeaderMap::new(), Value::Null),
        false => not_found(),
    });
    let mut waiting = Vec::new();
    for number in 0..10 {
        let (clerk, token) = (scene.clerk.clone(), format!("Bearer ak_hang{number}"));
        waiting.push(tokio::spawn(async move {
            ask(&clerk, &[("authorization", &token)], AcceptsToken::ANY).await
        }));
    }
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert_eq!(scene.clerk.health().calls.unknown.in_flight, 10);
    let state = scene.bear("ak_1").await;
    assert_eq!(
        (state.deviation(), state.retry_after()),
        (Some(Deviation::CallBudget), Some(Duration::from_secs(1)))
    );
    for request in waiting {
        request.abort();
        _ = request.await;
    }
    assert_eq!(scene.clerk.health().calls.unknown.in_flight, 0);
    assert_eq!(scene.bear("ak_1").await.deviation(), None);
}

/// Two requests refresh the same session; the one that asks Clerk goes away, and the other one has to ask by itself.
#[tokio::test]
async fn a_refresh_survives_the_request_that_began_it() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance
        .clerk_builder()
        .jwt_key(instance.jwt_key())
        .build()
        .unwrap();
    let ada = instance.user("ada").expired();
    let cookie = format!("{}; {}", ada.cookie(), ada.refresh_cookie());
    instance.fault(Endpoint::SessionRefresh, Fault::Delay(Duration::from_millis(300)));
    let refresh = || {
        let (clerk, cookie) = (clerk.clone(), cookie.clone());
        tokio::spawn(async move { ask(&clerk, &[("cookie", &cookie)], AcceptsToken::SESSION).await })
    };
    let first = refresh();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let second = refresh();
    tokio::time::sleep(Duration::from_millis(50)).await;
    first.abort();
    assert_eq!(second.await.unwrap().status(), AuthStatus::SignedIn);
    assert_eq!(instance.requests_to(Endpoint::SessionRefresh), 2);
    let calls = clerk.health().calls.unknown;
    assert_eq!((calls.made, calls.in_flight), (2, 0));
    // And both set the same cookies if neither goes away.
    let cookies = |state: &RequestState| {
        let values = state.headers().get_all("set-cookie").iter();
        values.map(|value| value.as_bytes().to_vec()).collect::<Vec<_>>()
    };
    let (one, other) = tokio::join!(refresh(), refresh());
    let (one, other) = (cookies(&one.unwrap()), cookies(&other.unwrap()));
    assert!(!one.is_empty());
    assert_eq!(one, other);
    assert_eq!(instance.requests_to(Endpoint::SessionRefresh), 2, "kept for 10 s");
}

#[tokio::test]
async fn session_tokens_cause_no_such_call() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    for token in [
        instance.user("ada").bearer(),
        instance.user("ada").signed_by_other_key().bearer(),
        instance.user("ada").expired().bearer(),
        instance.machine("worker").m2m_jwt(),
    ] {
        let _ = ask(&clerk, &[("authorization", &token)], AcceptsToken::ANY).await;
    }
    let _ = ask(
        &clerk,
        &[("cookie", &instance.user("ada").cookie())],
        AcceptsToken::ANY,
    )
    .await;
    let health = clerk.health().calls;
    assert_eq!((health.unknown.made, health.reserved.made), (0, 0));
    assert_eq!((health.unknown.refused, health.reserved.refused), (0, 0));
}

/// Clerk says `expired: false` about a token whose `expiration` is over.
#[tokio::test]
async fn an_expiration_in_the_past_refuses_whatever_expired_says() {
    let clock = TestClock::new();
    clock.freeze();
    let now = clerk_runtime::clock::Clock::unix_millis(&clock);
    for (expiration, expected) in [
        (json!(null), AuthStatus::SignedIn),
        (json!(now + 60_000), AuthStatus::SignedIn),
        (json!(now - 4_000), AuthStatus::SignedIn),
        (json!(now - 100_000), AuthStatus::SignedOut),
        (json!(0), AuthStatus::SignedOut),
        (json!(-1.5), AuthStatus::SignedOut),
    ] {
        let answer = expiration.clone();
        let scene = Scene::new(false, move |call| {
            let mut body = good(call);
            body["expiration"] = answer.clone();
            (200, HeaderMap::new(), body)
        });
        for (token, token_type) in [
            ("ak_1", TokenType::ApiKey),
            ("mt_1", TokenType::M2mToken),
            ("oat_1", TokenType::OauthToken),
        ] {
            let authorization = format!("Bearer {token}");
            let state = scene
                .ask(&[("authorization", &authorization)], token_type.into())
                .await;
            assert_eq!(state.status(), expected, "{token} {expiration}");
            if expected == AuthStatus::SignedOut {
                assert_eq!(state.reason().unwrap().as_str(), "token-verification-failed");
                assert_eq!(state.deviation(), Some(Deviation::MachineTokenState));
                assert_eq!(state.retry_after(), None);
            }
        }
    }
}
