//! Keys that get old: refreshed in the background, served while that fails, never replaced by older ones.

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use clerk_client::transport::{BoxFuture, Request, Response, Transport, TransportError};
use clerk_runtime::clock::Clock;
use clerk_runtime::token::TokenVerificationErrorReason as Reason;
use clerk_runtime::{
    AuthStatus, Clerk, ClerkLayer, ClerkService, JwksPolicy, KeyHealth, TokenVerificationError, UserId,
    protected,
};
use clerk_testing::LocalInstance;
use serde_json::Value;
use tokio::sync::oneshot;
use tokio::time::Instant;
use tower::{Layer, Service, ServiceExt};

type Answer = Result<Response, TransportError>;

/// Answers when the test says so, in whichever order it likes.
#[derive(Debug, Clone, Default)]
struct Upstream(Arc<Mutex<Vec<Option<oneshot::Sender<Answer>>>>>);

impl Upstream {
    fn calls(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    fn answer(&self, call: usize, jwks: &Value) {
        self.end(
            call,
            Ok(Response {
                status: http::StatusCode::OK,
                headers: http::HeaderMap::new(),
                body: jwks.to_string().into(),
            }),
        );
    }

    fn refuse(&self, call: usize) {
        self.end(call, Err(TransportError::Connect("refused".to_owned())));
    }

    fn end(&self, call: usize, answer: Answer) {
        let sender = self.0.lock().unwrap()[call].take().expect("an open call");
        _ = sender.send(answer);
    }

    /// Lets tasks run until so many calls have come.
    async fn called(&self, calls: usize) {
        for _ in 0..10_000 {
            if self.calls() >= calls {
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("{} calls in place of {calls}", self.calls());
    }
}

impl Transport for Upstream {
    fn send(&self, _: Request) -> BoxFuture<'_, Answer> {
        let (sender, answer) = oneshot::channel();
        self.0.lock().unwrap().push(Some(sender));
        Box::pin(async move { answer.await.unwrap_or(Err(TransportError::Timeout)) })
    }
}

/// Tokio's time, which a paused runtime moves.
#[derive(Debug)]
struct TokioClock(Instant);

impl Clock for TokioClock {
    fn unix_millis(&self) -> i64 {
        clerk_runtime::clock::SystemClock.unix_millis()
    }

    fn monotonic(&self) -> Duration {
        self.0.elapsed()
    }
}

struct Bench {
    instance: LocalInstance,
    upstream: Upstream,
    clerk: Clerk,
    known: String,
    unknown: String,
}

impl Bench {
    /// With keys that were fetched just now.
    async fn warm() -> Self {
        let instance = LocalInstance::start().await.unwrap();
        let upstream = Upstream::default();
        let clerk = instance
            .clerk_builder()
            .transport(upstream.clone())
            .clock(TokioClock(Instant::now()))
            .jwks_policy(JwksPolicy::default())
            .build()
            .unwrap();
        let ada = || instance.user("ada").expires_in(1_000_000);
        let (known, unknown) = (ada().token(), ada().header("kid", "ins_unknown").token());
        let jwks = instance.jwks();
        let (ready, ()) = tokio::join!(clerk.ready(), async {
            upstream.called(1).await;
            upstream.answer(0, &jwks);
        });
        ready.unwrap();
        Self {
            instance,
            upstream,
            clerk,
            known,
            unknown,
        }
    }

    async fn verify(&self, token: &str) -> Result<(), TokenVerificationError> {
        self.clerk.verify_token(token).await.map(drop)
    }
}

/// How long something takes, in seconds of the paused runtime.
async fn seconds<T>(work: impl Future<Output = T>) -> (T, f64) {
    let started = Instant::now();
    let result = work.await;
    // Timers of tokio are kept to a millisecond.
    (result, (started.elapsed().as_secs_f64() * 100.0).round() / 100.0)
}

#[tokio::test(start_paused = true)]
async fn four_minutes_old_keys_are_refreshed_and_serve_meanwhile() {
    let bench = Bench::warm().await;
    tokio::time::advance(Duration::from_secs(215)).await;
    bench.verify(&bench.known).await.unwrap();
    tokio::task::yield_now().await;
    assert_eq!(bench.upstream.calls(), 1);

    tokio::time::advance(Duration::from_secs(50)).await;
    for _ in 0..10 {
        let (verified, taken) = seconds(bench.verify(&bench.known)).await;
        verified.unwrap();
        assert_eq!(taken, 0.0);
        tokio::task::yield_now().await;
        assert_eq!(bench.upstream.calls(), 2, "one fetch, in the background");
    }
    bench.upstream.answer(1, &bench.instance.jwks());
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(bench.clerk.health().age, Some(Duration::from_secs(1)));
}

#[tokio::test(start_paused = true)]
async fn a_hang_delays_those_with_a_stale_key_for_two_seconds_and_never_again() {
    let bench = Bench::warm().await;
    tokio::time::advance(Duration::from_secs(400)).await;
    let (verified, taken) = seconds(bench.verify(&bench.known)).await;
    verified.unwrap();
    assert_eq!(taken, 2.0);
    // For an hour less what has passed, with a request each second and attempts that all hang.
    for _ in 0..3190 {
        let (verified, taken) = seconds(bench.verify(&bench.known)).await;
        verified.unwrap();
        assert_eq!(taken, 0.0);
        tokio::time::advance(Duration::from_secs(1)).await;
    }
    let fetches = bench.upstream.calls();
    assert!((80..=320).contains(&fetches), "{fetches}");
    let health = bench.clerk.health();
    assert_eq!(
        (health.keys, health.last_failure),
        (KeyHealth::Stale, Some(Reason::UnexpectedError))
    );
    tokio::time::advance(Duration::from_secs(60)).await;
    assert!(bench.verify(&bench.known).await.unwrap_err().is_outage());
    assert_eq!(bench.clerk.health().keys, KeyHealth::Missing);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_delays_nobody_with_a_stale_key() {
    let bench = Bench::warm().await;
    tokio::time::advance(Duration::from_secs(400)).await;
    let (upstream, verifying) = (bench.upstream.clone(), seconds(bench.verify(&bench.known)));
    let ((verified, taken), ()) = tokio::join!(verifying, async {
        upstream.called(2).await;
        upstream.refuse(1);
    });
    verified.unwrap();
    assert_eq!(taken, 0.0);
    // Nobody is waiting for it, so it is not tried again and again.
    tokio::time::sleep(Duration::from_secs(9)).await;
    bench.verify(&bench.known).await.unwrap();
    tokio::task::yield_now().await;
    assert_eq!(bench.upstream.calls(), 2);
    assert!(bench.clerk.health().next_retry.unwrap() > Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn an_unknown_key_and_a_slow_clerk_delay_no_known_key() {
    let bench = Bench::warm().await;
    let unknown = bench.clerk.verify_token(&bench.unknown);
    let known = async {
        bench.upstream.called(2).await;
        for _ in 0..10 {
            let (verified, taken) = seconds(bench.verify(&bench.known)).await;
            verified.unwrap();
            assert_eq!(taken, 0.0);
        }
    };
    let ((unknown, taken), ()) = tokio::join!(seconds(unknown), known);
    assert!(unknown.unwrap_err().is_outage());
    assert_eq!(taken, 2.0);
}

#[tokio::test(start_paused = true)]
async fn a_new_key_waits_ten_seconds_from_the_start_of_the_fetch_that_missed_it() {
    let bench = Bench::warm().await;
    let old_jwks = bench.instance.jwks();
    bench.instance.rotate_keys();
    let new = bench.instance.user("ada").expires_in(1_000_000).token();
    let started = Instant::now();
    let (verified, ()) = tokio::join!(bench.verify(&new), async {
        bench.upstream.called(2).await;
        tokio::time::sleep(Duration::from_millis(1900)).await;
        // Clerk answered before the new key was published.
        bench.upstream.answer(1, &old_jwks);
    });
    assert_eq!(verified.unwrap_err().reason(), Reason::JwkKidMismatch);
    tokio::time::advance(Duration::from_millis(9990) - started.elapsed()).await;
    assert_eq!(
        bench.verify(&new).await.unwrap_err().reason(),
        Reason::JwkKidMismatch
    );
    assert_eq!(bench.upstream.calls(), 2, "within the cool-down");
    tokio::time::advance(Duration::from_millis(20)).await;
    let (verified, ()) = tokio::join!(bench.verify(&new), async {
        bench.upstream.called(3).await;
        bench.upstream.answer(2, &bench.instance.jwks());
    });
    verified.unwrap();
}

/// A handle that was idle for 50 minutes, and two keys: one that Clerk has removed since, and one that it keeps.
struct Idle {
    bench: Arc<Bench>,
    removed: String,
    kept: String,
}

impl Idle {
    async fn new() -> Self {
        let bench = Bench::warm().await;
        let removed = bench.known.clone();
        bench.verify(&removed).await.unwrap();
        bench.instance.rotate_keys();
        let kept = bench.instance.user("ada").expires_in(1_000_000).token();
        tokio::time::advance(Duration::from_secs(11)).await;
        let (verified, ()) = tokio::join!(bench.verify(&kept), async {
            bench.upstream.called(2).await;
            bench.upstream.answer(1, &bench.instance.jwks());
        });
        verified.unwrap();
        bench.verify(&removed).await.unwrap();
        bench.instance.retire_old_keys();
        tokio::time::advance(Duration::from_secs(50 * 60)).await;
        Self {
            bench: Arc::new(bench),
            removed,
            kept,
        }
    }

    /// Verifies tokens at the same time, by guards and by `verify_token`, and returns who passed and after how many seconds.
    async fn ask(&self, token: &str, requests: usize) -> Vec<(bool, f64)> {
        let mut asked = tokio::task::JoinSet::new();
        for number in 0..requests {
            let (bench, token) = (Arc::clone(&self.bench), token.to_owned());
            asked.spawn(seconds(async move {
                if number % 2 == 0 {
                    return bench.verify(&token).await.is_ok();
                }
                let request = http::Request::get("/").header("authorization", format!("Bearer {token}"));
                let parts = request.body(()).unwrap().into_parts().0;
                let state = bench.clerk.authenticate(&parts).await.unwrap();
                state.status() == AuthStatus::SignedIn
            }));
        }
        asked.join_all().await
    }
}

#[tokio::test(start_paused = true)]
async fn after_fifty_idle_minutes_a_removed_key_is_refused_though_clerk_is_slow() {
    let idle = Idle::new().await;
    let (upstream, jwks) = (&idle.bench.upstream, idle.bench.instance.jwks());
    let (removed, kept, ()) = tokio::join!(idle.ask(&idle.removed, 21), idle.ask(&idle.kept, 21), async {
        upstream.called(3).await;
        tokio::time::sleep(Duration::from_millis(1500)).await;
        upstream.answer(2, &jwks);
    });
    let refused = removed.iter().filter(|(passed, _)| !passed).count();
    let passed = kept.iter().filter(|(passed, _)| *passed).count();
    assert_eq!((refused, passed), (21, 21), "of 21 and 21");
    assert!(
        removed.iter().chain(&kept).all(|(_, taken)| *taken == 1.5),
        "{removed:?}"
    );
    assert_eq!(upstream.calls(), 3, "one fetch for all of them");
}

/// The same by every other way that a token comes: a cookie, a machine's JWT, and with a policy of its own.
#[tokio::test(start_paused = true)]
async fn an_idle_handle_waits_for_keys_whatever_carries_the_token() {
    for policy in [
        JwksPolicy::default(),
        JwksPolicy::default().fresh_for(Duration::from_secs(60)),
        JwksPolicy::default().refresh_after(Duration::MAX),
        JwksPolicy::default().stale_for(Duration::ZERO),
    ] {
        let instance = LocalInstance::start().await.unwrap();
        let upstream = Upstream::default();
        let builder = instance.clerk_builder().transport(upstream.clone());
        let builder = builder.clock(TokioClock(Instant::now())).jwks_policy(policy);
        let clerk = builder.build().unwrap();
        let ada = || instance.user("ada").expires_in(1_000_000);
        let machine = instance.machine("worker").expires_in(1_000_000).m2m_jwt();
        let ask = async |name: &'static str, value: String| {
            let request = http::Request::get("/")
                .header("host", "localhost:3000")
                .header(name, value);
            let parts = request.body(()).unwrap().into_parts().0;
            let any = clerk_runtime::token::AcceptsToken::ANY;
            let state = clerk.authenticate(&parts).accepts(any).await.unwrap();
            (state.status() == AuthStatus::SignedIn, state.retry_after())
        };
        let (cookie, bearer) = (ada().cookie(), ada().bearer());
        let all = async || {
            [
                ask("cookie", cookie.clone()).await,
                ask("authorization", bearer.clone()).await,
                ask("authorization", format!("Bearer {machine}")).await,
            ]
        };
        let old = instance.jwks();
        let (first, ()) = tokio::join!(all(), async {
            upstream.called(1).await;
            upstream.answer(0, &old);
        });
        assert_eq!(first, [(true, None); 3], "{policy:?}");
        instance.rotate_keys();
        instance.retire_old_keys();
        tokio::time::advance(Duration::from_secs(50 * 60)).await;
        let ((after, taken), ()) = tokio::join!(seconds(all()), async {
            upstream.called(2).await;
            tokio::time::sleep(Duration::from_millis(1500)).await;
            upstream.answer(1, &instance.jwks());
        });
        assert_eq!(after, [(false, None); 3], "{policy:?}");
        assert_eq!((taken, upstream.calls()), (1.5, 2), "{policy:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn after_fifty_idle_minutes_a_black_hole_is_waited_for_once() {
    let idle = Idle::new().await;
    for (taken, requests) in [(2.0, 21), (0.0, 21), (0.0, 1)] {
        for (passed, waited) in idle.ask(&idle.kept, requests).await {
            assert!(passed);
            assert_eq!(waited, taken);
        }
    }
    assert_eq!(idle.bench.upstream.calls(), 3, "one fetch for all of them");
    // Idle again, longer than a set is fresh: it is the same outage.
    tokio::time::advance(Duration::from_secs(400)).await;
    assert_eq!(idle.ask(&idle.kept, 1).await, [(true, 0.0)]);
    // Beyond the hour of the set nothing can be known.
    tokio::time::advance(Duration::from_secs(200)).await;
    let request = http::Request::get("/me").header("authorization", format!("Bearer {}", idle.kept));
    let app: Router = Router::new()
        .route("/me", get(me))
        .with_state(idle.bench.clerk.clone());
    let answer = app
        .oneshot(request.body(axum::body::Body::empty()).unwrap())
        .await;
    assert_eq!(answer.unwrap().status(), http::StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test(start_paused = true)]
async fn a_failure_before_fifty_idle_minutes_lets_no_removed_key_pass() {
    let idle = Idle::new().await;
    // A fetch fails at once, and the handle is idle again for longer than a set is fresh.
    let upstream = &idle.bench.upstream;
    let (first, ()) = tokio::join!(idle.ask(&idle.kept, 1), async {
        upstream.called(3).await;
        upstream.refuse(2);
    });
    assert_eq!(first, [(true, 0.0)]);
    tokio::time::advance(Duration::from_secs(400)).await;
    let (removed, ()) = tokio::join!(idle.ask(&idle.removed, 21), async {
        upstream.called(4).await;
        tokio::time::sleep(Duration::from_millis(1500)).await;
        upstream.answer(3, &idle.bench.instance.jwks());
    });
    assert!(removed.iter().all(|(passed, _)| !passed), "{removed:?}");
}

/// Answers every request at once with one key set, and counts them.
#[derive(Debug, Clone)]
struct Immediate(Arc<Value>, Arc<AtomicUsize>);

impl Transport for Immediate {
    fn send(&self, _: Request) -> BoxFuture<'_, Answer> {
        self.1.fetch_add(1, Ordering::SeqCst);
        Box::pin(std::future::ready(Ok(Response {
            status: http::StatusCode::OK,
            headers: http::HeaderMap::new(),
            body: self.0.to_string().into(),
        })))
    }
}

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.into()
}

/// Builds a cold handle whose fetches end at once, and a service that is asked for the first time when it is called and for
/// the second time when its answer is awaited.
fn cold(instance: &LocalInstance) -> (Arc<AtomicUsize>, ClerkService<Router>) {
    let fetches = Arc::new(AtomicUsize::new(0));
    let transport = Immediate(Arc::new(instance.jwks()), Arc::clone(&fetches));
    let clerk = instance.clerk_builder().transport(transport).build().unwrap();
    let app = Router::new().route("/me", get(me)).with_state(clerk.clone());
    (fetches, ClerkLayer::new(clerk).layer(app))
}

#[tokio::test]
async fn a_fetch_that_ends_between_the_two_questions_of_a_request_is_the_only_one() {
    let instance = LocalInstance::start().await.unwrap();
    for (token, status) in [
        (instance.user("ada").header("kid", "ins_unknown").token(), 401),
        (instance.user("ada").token(), 200),
    ] {
        let (fetches, mut service) = cold(&instance);
        let request = http::Request::get("/me").header("authorization", format!("Bearer {token}"));
        let request = request.body(axum::body::Body::empty()).unwrap();
        let response = service.ready().await.unwrap().call(request);
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        assert_eq!(fetches.load(Ordering::SeqCst), 1, "the fetch has ended");
        assert_eq!(response.await.unwrap().status().as_u16(), status);
        assert_eq!(fetches.load(Ordering::SeqCst), 1);
    }
}

/// An unknown `kid` by every other way that a token comes fetches once on a cold handle.
#[tokio::test]
async fn an_unknown_kid_is_fetched_once_whatever_carries_the_token() {
    let instance = LocalInstance::start().await.unwrap();
    let ada = || instance.user("ada").header("kid", "ins_unknown");
    let handshake = format!("__clerk_db_jwt=dvb_1; __clerk_handshake={}", ada().token());
    let oauth = ada().header("typ", "at+jwt").claim("client_id", "c").bearer();
    for (name, value, expected) in [
        ("authorization", format!("bearer {}", ada().token()), 1),
        ("cookie", ada().cookie(), 1),
        ("cookie", handshake, 1),
        // Other classes are refused at a route for sessions before a key is looked up.
        ("authorization", oauth, 0),
        ("authorization", ada().claim("sub", "mch_1").bearer(), 0),
    ] {
        let (fetches, service) = cold(&instance);
        for _ in 0..3 {
            let request = http::Request::get("/me").header("host", "localhost:3000");
            let request = request.header("sec-fetch-dest", "document").header(name, &value);
            let mut service = service.clone();
            let request = request.body(axum::body::Body::empty()).unwrap();
            let response = service.ready().await.unwrap().call(request);
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
            assert_ne!(response.await.unwrap().status().as_u16(), 200);
        }
        let fetches = fetches.load(Ordering::SeqCst);
        assert_eq!(fetches, expected, "{name}: {value}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_cold_handles_fetch_once_each_for_an_unknown_kid() {
    let instance = LocalInstance::start().await.unwrap();
    let token = instance.user("ada").header("kid", "ins_unknown").token();
    for handle in 0..200 {
        let (fetches, service) = cold(&instance);
        let asked = (0..4).map(|_| {
            let request = http::Request::get("/me").header("authorization", format!("Bearer {token}"));
            let request = request.body(axum::body::Body::empty()).unwrap();
            tokio::spawn(service.clone().oneshot(request))
        });
        for asked in asked.collect::<Vec<_>>() {
            assert_eq!(asked.await.unwrap().unwrap().status().as_u16(), 401);
        }
        assert_eq!(fetches.load(Ordering::SeqCst), 1, "handle {handle}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_thousand_clients_that_hang_up_harm_nobody() {
    let bench = Arc::new(Bench::warm().await);
    let jwks = bench.instance.jwks();
    for round in 0..1000 {
        // Past the cool-down, so the client that hangs up is the one who started the fetch.
        tokio::time::advance(Duration::from_secs(11)).await;
        let leader = tokio::spawn({
            let bench = Arc::clone(&bench);
            async move { bench.verify(&bench.unknown).await }
        });
        for _ in 0..round % 4 {
            tokio::task::yield_now().await;
        }
        leader.abort();
        _ = leader.await;
        let (verified, taken) = seconds(bench.verify(&bench.known)).await;
        verified.unwrap();
        assert_eq!(taken, 0.0, "round {round}");
        tokio::task::yield_now().await;
        if round % 5 != 0 {
            // Whoever is next finds the fetch that nobody waited for.
            let open = bench.upstream.calls() - 1;
            if bench.upstream.0.lock().unwrap()[open].is_some() {
                bench.upstream.answer(open, &jwks);
            }
        }
    }
    assert!(
        (500..=1001).contains(&bench.upstream.calls()),
        "{}",
        bench.upstream.calls()
    );
    tokio::time::sleep(Duration::from_secs(41)).await;
    let calls = bench.upstream.calls();
    let (unknown, ()) = tokio::join!(bench.clerk.verify_token(&bench.unknown), async {
        bench.upstream.called(calls + 1).await;
        bench.upstream.answer(calls, &jwks);
    });
    assert_eq!(unknown.unwrap_err().reason(), Reason::JwkKidMismatch);
}

/// The fetching task is on a runtime that nobody drives for a while. The others carry on, and what it brings in the end
/// is too old.
#[test]
fn a_late_old_answer_replaces_nothing() {
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
    };
    let (stuck, driven) = (runtime(), runtime());
    let instance = driven.block_on(LocalInstance::start()).unwrap();
    instance.clock().freeze();
    let upstream = Upstream::default();
    let clerk = instance
        .clerk_builder()
        .transport(upstream.clone())
        .jwks_policy(JwksPolicy::default())
        .build()
        .unwrap();
    let old_jwks = instance.jwks();
    let old = instance.user("ada").expires_in(3600).token();
    instance.rotate_keys();
    instance.retire_old_keys();
    let new_jwks = instance.jwks();
    let new = instance.user("ada").expires_in(3600).token();

    let brief = Duration::from_millis(20);
    stuck.block_on(async { _ = tokio::time::timeout(brief, clerk.ready()).await });
    instance.advance(Duration::from_secs(12));
    driven.block_on(async {
        let (verified, ()) = tokio::join!(clerk.verify_token(&new), async {
            upstream.called(2).await;
            upstream.answer(1, &new_jwks);
        });
        verified.unwrap();
    });
    upstream.answer(0, &old_jwks);
    stuck.block_on(async { tokio::time::sleep(brief).await });
    driven.block_on(async {
        clerk.verify_token(&new).await.unwrap();
        let (verified, ()) = tokio::join!(clerk.verify_token(&old), async {
            upstream.called(3).await;
            upstream.answer(2, &new_jwks);
        });
        assert_eq!(verified.unwrap_err().reason(), Reason::JwkKidMismatch);
    });
    assert_eq!(clerk.health().keys, KeyHealth::Fresh);
}

#[tokio::test(start_paused = true)]
async fn health_tells_how_the_keys_are_and_fetches_none() {
    let instance = LocalInstance::start().await.unwrap();
    let cold = instance.clerk();
    let health = cold.health();
    assert_eq!(
        (health.keys, health.age, health.is_ready()),
        (KeyHealth::Missing, None, false)
    );
    assert_eq!(instance.requests().len(), 0);
    let configured = instance
        .clerk_builder()
        .jwt_key(instance.jwt_key())
        .build()
        .unwrap();
    assert_eq!(configured.health().keys, KeyHealth::Configured);
    assert!(configured.health().is_ready());

    let bench = Bench::warm().await;
    let health = bench.clerk.health();
    assert_eq!(
        (health.keys, health.last_failure, health.next_retry),
        (KeyHealth::Fresh, None, None)
    );
    tokio::time::advance(Duration::from_secs(301)).await;
    let health = bench.clerk.health();
    assert_eq!(
        (health.keys, health.age),
        (KeyHealth::Stale, Some(Duration::from_secs(301)))
    );
    assert!(health.is_ready());
    assert_eq!(bench.upstream.calls(), 1);
}
