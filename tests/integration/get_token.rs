//! Tokens that Clerk makes: how often it is asked, and who gets which.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use bytes::Bytes;
use clerk_client::transport::{BoxFuture, Request, Response, Transport, TransportError};
use clerk_runtime::auth::GetTokenError;
use clerk_runtime::clock::Clock;
use clerk_runtime::{Auth, Clerk};
use clerk_testing::{Endpoint, Fault, LocalInstance, TestClock, TokenBuilder};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::time::timeout;

/// The auth object of a request with this token.
async fn auth(clerk: &Clerk, token: &str) -> Auth {
    let request = http::Request::get("/").header("authorization", format!("Bearer {token}"));
    let (parts, ()) = request.body(()).unwrap().into_parts();
    let auth = clerk.authenticate(&parts).await.unwrap().to_auth();
    assert!(auth.session_id().is_some());
    auth
}

async fn token(auth: &Auth) -> String {
    auth.get_token().template("supabase").await.unwrap().unwrap()
}

fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

fn calls(instance: &LocalInstance) -> usize {
    instance.requests_to(Endpoint::SessionTokens)
}

/// An instance whose clock stands still.
async fn still() -> LocalInstance {
    let instance = LocalInstance::start().await.unwrap();
    instance.clock().freeze();
    instance.jwt_template(
        "supabase",
        json!({ "org": "{{org.slug}}", "name": "{{user.first_name}}" }),
    );
    instance.jwt_template("hasura", json!({}));
    instance
}

#[tokio::test]
async fn a_token_is_made_once_until_shortly_before_its_expiry() {
    let instance = still().await;
    let clerk = instance.clerk();
    let ada = instance.user("ada").expires_in(3600).token();
    let first = token(&auth(&clerk, &ada).await).await;
    for seconds in [0, 1, 48] {
        instance.advance(Duration::from_secs(seconds));
        assert_eq!(token(&auth(&clerk, &ada).await).await, first);
    }
    assert_eq!(calls(&instance), 1);
    instance.advance(Duration::from_secs(1));
    let second = token(&auth(&clerk, &ada).await).await;
    assert_eq!(calls(&instance), 2);
    assert!(claims(&second)["exp"].as_i64() > claims(&first)["exp"].as_i64());

    // A longer life is a longer time here.
    let session = auth(&clerk, &ada).await;
    let long = session
        .get_token()
        .template("supabase")
        .expires_in(600)
        .await
        .unwrap();
    instance.advance(Duration::from_secs(589));
    assert_eq!(
        session
            .get_token()
            .template("supabase")
            .expires_in(600)
            .await
            .unwrap(),
        long
    );
    assert_eq!(calls(&instance), 3);
    instance.advance(Duration::from_secs(1));
    assert_ne!(
        session
            .get_token()
            .template("supabase")
            .expires_in(600)
            .await
            .unwrap(),
        long
    );
    assert_eq!(calls(&instance), 4);
    // The session token itself costs nothing.
    assert_eq!(session.get_token().await.unwrap().as_deref(), Some(&*ada));
    assert_eq!(calls(&instance), 4);
}

#[tokio::test]
async fn a_wall_clock_that_is_set_back_prolongs_nothing() {
    let instance = still().await;
    let clerk = instance.clerk();
    let session = auth(&clerk, &instance.user("ada").expires_in(3600).token()).await;
    token(&session).await;
    let clock = instance.clock();
    clock.advance(Duration::from_secs(50));
    clock.set_unix_millis(clock.unix_millis() - 50_000);
    token(&session).await;
    assert_eq!(calls(&instance), 2);
}

#[tokio::test]
async fn whatever_may_change_a_token_tells_it_from_others() {
    let instance = still().await;
    let (clerk, other_clerk) = (instance.clerk(), instance.clerk());
    let ada = auth(&clerk, &instance.user("ada").token()).await;
    let again = auth(&clerk, &instance.user("ada").token()).await;
    let bob = auth(&clerk, &instance.user("bob").token()).await;
    assert_ne!(ada.session_id(), again.session_id());
    let elsewhere = auth(&other_clerk, &instance.user("ada").token()).await;
    let mut made = Vec::new();
    for session in [&ada, &again, &bob, &elsewhere] {
        made.push(session.get_token().template("supabase"));
        made.push(session.get_token().template("hasura"));
        made.push(session.get_token().template("supabase").expires_in(60));
        made.push(session.get_token().template("supabase").expires_in(61));
        made.push(session.get_token().expires_in(60));
        made.push(session.get_token().expires_in(61));
    }
    let count = made.len();
    for (number, get_token) in made.into_iter().enumerate() {
        get_token.await.unwrap().unwrap();
        assert_eq!(calls(&instance), number + 1);
    }
    assert_eq!(count, 24);
    for session in [&ada, &again, &bob, &elsewhere] {
        assert_eq!(claims(&token(session).await)["sub"], **session.user_id().unwrap());
    }
    assert_eq!(calls(&instance), 24);

    // The same session token at another handle.
    let one = instance.user("eve").token();
    token(&auth(&clerk, &one).await).await;
    token(&auth(&other_clerk, &one).await).await;
    assert_eq!(calls(&instance), 26);
}

#[tokio::test]
async fn a_session_that_comes_back_to_an_organization_gets_no_token_of_another() {
    let instance = still().await;
    let clerk = instance.clerk();
    let session = |slug: &str| instance.user("ada").session("work").org(slug).role("org:admin");
    let at = |builder: TokenBuilder| {
        instance.advance(Duration::from_secs(1));
        builder.token()
    };
    let (early, elsewhere) = (at(session("acme")), at(session("globex")));
    // Clerk already has the second organization active, so this is what Clerk answers to whoever still comes with the first.
    assert_eq!(claims(&token(&auth(&clerk, &early).await).await)["org"], "globex");
    assert_eq!(
        claims(&token(&auth(&clerk, &elsewhere).await).await)["org"],
        "globex"
    );
    let back = at(session("acme"));
    assert_eq!(claims(&token(&auth(&clerk, &back).await).await)["org"], "acme");
    assert_eq!(calls(&instance), 3);

    // What changes about the user is there with the next session token.
    instance.update_user("ada", json!({ "first_name": "Augusta" }));
    assert_eq!(claims(&token(&auth(&clerk, &back).await).await)["name"], "Ada");
    let renewed = at(session("acme"));
    assert_eq!(
        claims(&token(&auth(&clerk, &renewed).await).await)["name"],
        "Augusta"
    );
    assert_eq!(calls(&instance), 4);
}

#[tokio::test]
async fn failures_are_not_kept() {
    let instance = still().await;
    let clerk = instance.clerk();
    let session = auth(&clerk, &instance.user("ada").token()).await;
    instance.fault_times(Endpoint::SessionTokens, Fault::Status(500), 2);
    for _ in 0..2 {
        assert!(session.get_token().template("supabase").await.is_err());
    }
    let made = token(&session).await;
    assert_eq!(calls(&instance), 3);
    // Nor does a failure take away what is there.
    instance.fault(Endpoint::SessionTokens, Fault::Status(500));
    assert!(
        session
            .get_token()
            .template("supabase")
            .skip_cache()
            .await
            .is_err()
    );
    assert_eq!(token(&session).await, made);
    assert_eq!(calls(&instance), 4);
}

#[tokio::test]
async fn the_cache_can_be_skipped_and_switched_off() {
    let instance = still().await;
    let clerk = instance.clerk();
    let session = auth(&clerk, &instance.user("ada").expires_in(3600).token()).await;
    let first = token(&session).await;
    let newer = session
        .get_token()
        .template("supabase")
        .skip_cache()
        .await
        .unwrap()
        .unwrap();
    assert_ne!(claims(&newer)["jti"], claims(&first)["jti"]);
    assert_eq!(token(&session).await, newer);
    assert_eq!(calls(&instance), 2);

    let without = instance.clerk_builder().template_token_cache(0).build().unwrap();
    let session = auth(&without, &instance.user("ada").token()).await;
    for number in 3..6 {
        token(&session).await;
        assert_eq!(calls(&instance), number);
    }
}

/// A Backend API whose every answer the test gives.
#[derive(Debug, Clone, Default)]
struct ByHand(Arc<Mutex<VecDeque<oneshot::Sender<Option<String>>>>>);

impl Transport for ByHand {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let (sender, answer) = oneshot::channel();
        self.0.lock().unwrap().push_back(sender);
        Box::pin(async {
            // A sender that is gone stands for a transport that panics.
            match answer.await.expect("as the test wants it") {
                Some(jwt) => Ok(Response {
                    status: http::StatusCode::OK,
                    headers: http::HeaderMap::new(),
                    body: Bytes::from(json!({ "jwt": jwt }).to_string()),
                }),
                None => Err(TransportError::Timeout),
            }
        })
    }
}

impl ByHand {
    fn waiting(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    /// Waits until so many calls have come in that have no answer yet.
    async fn has(&self, count: usize) {
        let deadline = Instant::now() + Duration::from_secs(10);
        while self.waiting() < count {
            assert!(Instant::now() < deadline, "{} calls, not {count}", self.waiting());
            tokio::task::yield_now().await;
        }
        // Who would ask without need has time to do so.
        for _ in 0..200 {
            tokio::task::yield_now().await;
        }
        assert_eq!(self.waiting(), count);
    }

    fn next(&self) -> oneshot::Sender<Option<String>> {
        self.0.lock().unwrap().pop_front().unwrap()
    }
}

/// A token that lives for a minute.
fn jwt(clock: &TestClock, name: &str) -> String {
    let payload = json!({ "exp": clock.unix_millis() / 1000 + 60, "name": name });
    format!("e30.{}.c2ln", BASE64_URL_SAFE_NO_PAD.encode(payload.to_string()))
}

async fn by_hand(instance: &LocalInstance) -> (ByHand, Auth) {
    let transport = ByHand::default();
    let builder = instance.clerk_builder().jwt_key(instance.jwt_key());
    let clerk = builder.transport(transport.clone()).build().unwrap();
    let auth = auth(&clerk, &instance.user("ada").expires_in(3600).token()).await;
    (transport, auth)
}

type Task = tokio::task::JoinHandle<Result<Option<String>, GetTokenError>>;

fn ask(auth: &Auth) -> Task {
    tokio::spawn(auth.get_token().template("supabase").into_future())
}

fn ask_anew(auth: &Auth) -> Task {
    tokio::spawn(auth.get_token().template("supabase").skip_cache().into_future())
}

async fn got(task: Task) -> Option<String> {
    timeout(Duration::from_secs(10), task)
        .await
        .expect("an answer")
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn all_who_ask_at_once_share_one_call() {
    let instance = still().await;
    let (transport, auth) = by_hand(&instance).await;
    let tasks: Vec<_> = (0..100).map(|_| ask(&auth)).collect();
    transport.has(1).await;
    let made = jwt(&instance.clock(), "a");
    transport.next().send(Some(made.clone())).unwrap();
    for task in tasks {
        assert_eq!(got(task).await.as_ref(), Some(&made));
    }
    assert_eq!(got(ask(&auth)).await.as_ref(), Some(&made));
    assert_eq!(transport.waiting(), 0);
}

#[tokio::test]
async fn a_failure_is_given_to_all_who_wait_and_to_nobody_else() {
    let instance = still().await;
    let (transport, auth) = by_hand(&instance).await;
    let tasks: Vec<_> = (0..20).map(|_| ask(&auth)).collect();
    transport.has(1).await;
    transport.next().send(None).unwrap();
    for task in tasks {
        let GetTokenError::BackendApi(error) = task.await.unwrap().unwrap_err() else {
            panic!("not the Backend API's");
        };
        assert_eq!(error.code(), "unexpected_error");
    }
    let next = ask(&auth);
    transport.has(1).await;
    let made = jwt(&instance.clock(), "a");
    transport.next().send(Some(made.clone())).unwrap();
    assert_eq!(got(next).await, Some(made));
}

#[tokio::test]
async fn who_goes_away_takes_the_token_from_nobody_else() {
    let instance = still().await;
    let (transport, auth) = by_hand(&instance).await;
    for round in 0..50 {
        let leader = ask(&auth);
        transport.has(1).await;
        let other = ask(&auth);
        transport.has(1).await;
        leader.abort();
        assert!(leader.await.unwrap_err().is_cancelled());
        transport.has(1).await;
        let made = jwt(&instance.clock(), &round.to_string());
        transport.next().send(Some(made.clone())).unwrap();
        assert_eq!(got(other).await, Some(made));
        instance.advance(Duration::from_secs(60));
    }
    // If all go away, the token is there for who comes next.
    let leader = ask(&auth);
    transport.has(1).await;
    leader.abort();
    let made = jwt(&instance.clock(), "kept");
    transport.next().send(Some(made.clone())).unwrap();
    transport.has(0).await;
    assert_eq!(got(ask(&auth)).await, Some(made));
}

#[tokio::test]
async fn who_skips_the_cache_gets_a_token_made_after_that() {
    let instance = still().await;
    let (transport, auth) = by_hand(&instance).await;
    let early = ask(&auth);
    transport.has(1).await;
    let anew = ask_anew(&auth);
    transport.has(2).await;
    // Who comes later shares the later call.
    let late = ask(&auth);
    transport.has(2).await;
    let (first, second) = (transport.next(), transport.next());
    let (old, new) = (jwt(&instance.clock(), "old"), jwt(&instance.clock(), "new"));
    second.send(Some(new.clone())).unwrap();
    assert_eq!(got(anew).await.as_ref(), Some(&new));
    assert_eq!(got(late).await.as_ref(), Some(&new));
    // An answer that comes late serves those who waited for it, and replaces nothing.
    first.send(Some(old.clone())).unwrap();
    assert_eq!(got(early).await, Some(old));
    assert_eq!(got(ask(&auth)).await, Some(new));
    assert_eq!(transport.waiting(), 0);

    // The end of an earlier call is not that of a later one.
    instance.advance(Duration::from_secs(60));
    let early = ask(&auth);
    transport.has(1).await;
    let anew = ask_anew(&auth);
    transport.has(2).await;
    transport.next().send(None).unwrap();
    assert!(early.await.unwrap().is_err());
    let late = ask(&auth);
    transport.has(1).await;
    let new = jwt(&instance.clock(), "newer");
    transport.next().send(Some(new.clone())).unwrap();
    for task in [anew, late] {
        assert_eq!(got(task).await.as_ref(), Some(&new));
    }
}

#[tokio::test]
async fn tokens_that_do_not_say_when_they_expire_are_not_kept() {
    let instance = still().await;
    let (transport, auth) = by_hand(&instance).await;
    let short = json!({ "exp": instance.clock().unix_millis() / 1000 + 10 });
    let short = format!("e30.{}.c2ln", BASE64_URL_SAFE_NO_PAD.encode(short.to_string()));
    for odd in ["opaque", "", "a.b.c", "e30.e30.c2ln", &short] {
        for _ in 0..2 {
            let task = ask(&auth);
            transport.has(1).await;
            transport.next().send(Some(odd.to_owned())).unwrap();
            assert_eq!(got(task).await.as_deref(), Some(odd));
        }
    }
}

#[tokio::test]
async fn a_call_that_is_lost_is_made_again() {
    let instance = still().await;
    let (transport, auth) = by_hand(&instance).await;
    // It panics: those who waited ask for themselves.
    let tasks = [ask(&auth), ask(&auth)];
    transport.has(1).await;
    drop(transport.next());
    transport.has(2).await;
    for _ in 0..2 {
        transport.next().send(Some("opaque".to_owned())).unwrap();
    }
    for task in tasks {
        assert_eq!(got(task).await.as_deref(), Some("opaque"));
    }
    // Who comes next does not wait for what is over, and is waited for again.
    let next = ask(&auth);
    transport.has(1).await;
    let made = jwt(&instance.clock(), "after a panic");
    transport.next().send(Some(made.clone())).unwrap();
    assert_eq!(got(next).await.as_ref(), Some(&made));
    assert_eq!(got(ask(&auth)).await, Some(made));
    assert_eq!(transport.waiting(), 0);
    instance.advance(Duration::from_secs(60));
    // It hangs: nobody waits for it who comes ten seconds later.
    let hanging = ask(&auth);
    transport.has(1).await;
    instance.advance(Duration::from_secs(10));
    let later = ask(&auth);
    transport.has(2).await;
    let (_hung, answer) = (transport.next(), transport.next());
    let made = jwt(&instance.clock(), "a");
    answer.send(Some(made.clone())).unwrap();
    assert_eq!(got(later).await, Some(made));
    hanging.abort();
}

#[tokio::test]
async fn a_runtime_that_ends_takes_the_token_from_nobody_else() {
    let instance = still().await;
    let (transport, auth) = by_hand(&instance).await;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .unwrap();
    let leader = auth.get_token().template("supabase").into_future();
    let _leader = runtime.spawn(leader);
    transport.has(1).await;
    let other = ask(&auth);
    transport.has(1).await;
    runtime.shutdown_background();
    transport.has(2).await;
    let made = jwt(&instance.clock(), "a");
    drop(transport.next());
    transport.next().send(Some(made.clone())).unwrap();
    assert_eq!(got(other).await, Some(made));
}
