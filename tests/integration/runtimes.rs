//! One handle in several Tokio runtimes, such as a `static` in tests that have a runtime each, and under a paused clock.

use std::thread;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use clerk_client::transport::TransportError;
use clerk_client::{CallOptions, Error};
use clerk_runtime::{Clerk, JwksPolicy, UserId, protected};
use clerk_testing::{Endpoint, Fault, LocalInstance};
use http::StatusCode;
use tokio::runtime::{Builder, Runtime};

use crate::call::get as get_path;

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.into()
}

fn app(clerk: &Clerk) -> Router {
    Router::new().route("/me", get(me)).with_state(clerk.clone())
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// An instance and a handle for it whose keys are not fetched yet.
fn instance() -> (LocalInstance, Clerk) {
    let instance = runtime().block_on(LocalInstance::start()).unwrap();
    let clerk = instance.clerk();
    (instance, clerk)
}

/// Authenticates a request with a key that has to be fetched, and calls the Backend API.
async fn use_everything(instance: &LocalInstance, clerk: &Clerk) {
    instance.rotate_keys();
    instance.advance(Duration::from_secs(3600));
    let ada = instance.user("ada");
    let answer = get_path(&app(clerk), "/me", Some(&ada.bearer())).await;
    assert_eq!((answer.status, answer.body), (StatusCode::OK, ada.user_id()));
    let once = CallOptions::new().retries(0);
    let user = clerk.client().users().get_user(&ada.user_id()).with(once).await;
    assert_eq!(user.unwrap().id, ada.user_id());
}

#[test]
fn a_handle_serves_one_runtime_after_another() {
    let (instance, clerk) = instance();
    for _ in 0..3 {
        runtime().block_on(use_everything(&instance, &clerk));
    }
}

#[test]
fn a_runtime_that_stands_still_holds_up_no_other() {
    let (instance, clerk) = instance();
    // It has idle connections, and nothing drives them.
    let standing_still = runtime();
    standing_still.block_on(use_everything(&instance, &clerk));
    let started = Instant::now();
    runtime().block_on(use_everything(&instance, &clerk));
    standing_still.block_on(use_everything(&instance, &clerk));
    assert!(
        started.elapsed() < Duration::from_secs(2),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn two_runtimes_use_a_handle_at_a_time() {
    let (instance, clerk) = instance();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..20 {
                    let ada = instance.user("ada");
                    let call = async {
                        let answer = get_path(&app(&clerk), "/me", Some(&ada.bearer())).await;
                        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
                        let once = CallOptions::new().retries(0);
                        let user = clerk.client().users().get_user(&ada.user_id()).with(once).await;
                        assert_eq!(user.unwrap().id, ada.user_id());
                    };
                    runtime().block_on(call);
                }
            });
        }
    });
}

/// Returns a runtime that fetches the keys, which takes long, for a request of its own.
fn fetching_runtime(instance: &LocalInstance, clerk: &Clerk) -> Runtime {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    instance.fault(Endpoint::Jwks, Fault::Hang);
    let (app, bearer) = (app(clerk), instance.user("ada").bearer());
    runtime.spawn(async move { get_path(&app, "/me", Some(&bearer)).await });
    while instance.requests_to(Endpoint::Jwks) == 0 {
        thread::sleep(Duration::from_millis(5));
    }
    instance.clear_faults();
    runtime
}

#[test]
fn a_request_outlives_the_runtime_whose_fetch_it_waits_for() {
    let (instance, clerk) = instance();
    let fetching = fetching_runtime(&instance, &clerk);
    let bearer = instance.user("grace").bearer();
    thread::scope(|scope| {
        let waiting = scope.spawn(|| runtime().block_on(get_path(&app(&clerk), "/me", Some(&bearer))));
        let ready = scope.spawn(|| runtime().block_on(clerk.ready()));
        thread::sleep(Duration::from_millis(200));
        assert!(!waiting.is_finished() && !ready.is_finished());
        assert_eq!(instance.requests_to(Endpoint::Jwks), 1, "one fetch serves all");
        let started = Instant::now();
        drop(fetching);
        assert_eq!(waiting.join().unwrap().status, StatusCode::OK);
        ready.join().unwrap().unwrap();
        assert!(
            started.elapsed() < Duration::from_secs(2),
            "{:?}",
            started.elapsed()
        );
    });
    assert_eq!(instance.requests_to(Endpoint::Jwks), 2);
}

#[test]
fn after_a_runtime_that_ended_in_a_fetch_the_next_request_fetches() {
    let (instance, clerk) = instance();
    drop(fetching_runtime(&instance, &clerk));
    assert_eq!(clerk.health().last_failure, None, "Clerk has not failed");
    runtime().block_on(use_everything(&instance, &clerk));
}

#[tokio::test(start_paused = true)]
async fn a_paused_clock_waits_for_keys_and_answers() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance
        .clerk_builder()
        .jwks_policy(JwksPolicy::default())
        .build()
        .unwrap();
    instance.fault(Endpoint::Any, Fault::Delay(Duration::from_millis(300)));
    let before = tokio::time::Instant::now();
    let in_a_second = tokio::time::timeout(Duration::from_secs(1), use_everything(&instance, &clerk));
    in_a_second.await.expect("a timer of the program waits as well");
    assert_eq!(tokio::time::Instant::now(), before);
    // A client that was used before the clock is resumed or paused goes on.
    tokio::time::resume();
    use_everything(&instance, &clerk).await;
    tokio::time::pause();
    use_everything(&instance, &clerk).await;
}

#[tokio::test(start_paused = true)]
async fn under_a_paused_clock_a_deadline_is_one_of_real_time() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    instance.fault(Endpoint::Users, Fault::Hang);
    let hasty = CallOptions::new().retries(0).timeout(Duration::from_millis(300));
    let started = Instant::now();
    let call = clerk.client().users().get_user("user_1").with(hasty).await;
    let error = call.unwrap_err();
    assert!(
        matches!(error, Error::Transport(TransportError::Timeout)),
        "{error:?}"
    );
    let elapsed = started.elapsed();
    assert!(
        (Duration::from_millis(300)..Duration::from_secs(2)).contains(&elapsed),
        "{elapsed:?}"
    );
}
