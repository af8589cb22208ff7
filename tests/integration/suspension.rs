//! Time passes between the first look at a request and its outcome: what was decided before does not outlive it.

use std::future::IntoFuture;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use clerk_runtime::{AuthStatus, ClerkLayer, UserId, protected};
use clerk_testing::LocalInstance;
use http::header::{AUTHORIZATION, COOKIE, REFERER};
use http::request::Parts;
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use tower::{Layer, Service, ServiceExt};

use crate::call::call;

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.into()
}

fn with_bearer(bearer: &str) -> Parts {
    let request = Request::get("/").header(AUTHORIZATION, bearer).body(());
    request.unwrap().into_parts().0
}

/// Returns the value of a cookie in a `Cookie` header.
fn value<'a>(cookies: &'a str, name: &str) -> &'a str {
    let pair = |pair: &'a str| pair.strip_prefix(name)?.strip_prefix('=');
    cookies.split("; ").find_map(pair).unwrap()
}

/// Asks with a suffixed session that expires after the first look, while the keys are fetched, and with a plain session of
/// another user whose client is signed out.
async fn ask_while_the_suffixed_session_expires(has_plain_session: bool) -> (StatusCode, String, String) {
    let instance = LocalInstance::start().await.unwrap();
    instance.clock().freeze();
    // Only Clerk's own choice depends on the time.
    let builder = instance.clerk_builder().accept_newer_plain_cookies();
    let clerk = builder.build().unwrap();
    let ada = instance.user("ada").expires_in(5).cookie();
    let grace = instance.user("grace").cookie();
    let suffix = ada.split("; ").find_map(|pair| pair.strip_prefix("__session_"));
    let suffix = suffix.unwrap().split('=').next().unwrap();
    let mut cookie = format!(
        "__client_uat=0; __clerk_db_jwt={browser}; __clerk_db_jwt_{suffix}={browser}; __session_{suffix}={session}; \
         __client_uat_{suffix}={client_uat}",
        browser = value(&ada, "__clerk_db_jwt"),
        session = value(&ada, &format!("__session_{suffix}")),
        client_uat = value(&ada, &format!("__client_uat_{suffix}")),
    );
    if has_plain_session {
        cookie = format!("__session={}; {cookie}", value(&grace, "__session"));
    }
    let app: Router = Router::new().route("/me", get(me)).with_state(clerk.clone());
    let mut service = ClerkLayer::new(clerk).layer(app);
    let request = Request::get("/me").header("host", "localhost:3000");
    let request = request.header(COOKIE, cookie).body(Body::empty()).unwrap();
    let response = service.ready().await.unwrap().call(request);
    instance.advance(Duration::from_secs(6));
    let (parts, body) = response.await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let reason = parts.headers["x-clerk-auth-reason"].to_str().unwrap();
    (
        parts.status,
        reason.to_owned(),
        String::from_utf8(body.to_vec()).unwrap(),
    )
}

#[tokio::test]
async fn suspended_request_decides_again_about_another_cookie() {
    let not_authenticated = r#"{"error":"Not authenticated"}"#.to_owned();
    for (has_plain_session, reason) in [
        (true, "session-token-but-no-client-uat"),
        (false, "session-token-and-uat-missing"),
    ] {
        let answer = ask_while_the_suffixed_session_expires(has_plain_session).await;
        let expected = (
            StatusCode::UNAUTHORIZED,
            reason.to_owned(),
            not_authenticated.clone(),
        );
        assert_eq!(answer, expected);
    }
}

#[tokio::test]
async fn authenticate_judges_when_it_is_awaited() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let parts = with_bearer(&instance.user("ada").expires_in(10).bearer());
    clerk.ready().await.unwrap();
    let later = clerk.authenticate(&parts).into_future();
    instance.advance(Duration::from_secs(60));
    assert_eq!(later.await.unwrap().status(), AuthStatus::SignedOut);
}

#[test]
fn authenticate_starts_nothing_outside_of_the_runtime() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let instance = runtime.block_on(LocalInstance::start()).unwrap();
    let clerk = instance.clerk();
    let parts = with_bearer(&instance.user("ada").bearer());
    let later = clerk.authenticate(&parts).into_future();
    let state = runtime.block_on(later).unwrap();
    assert_eq!(
        (state.status(), state.retry_after()),
        (AuthStatus::SignedIn, None)
    );
}

#[tokio::test]
async fn cached_cookie_token_is_decided_about_as_any_other() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let ada = instance.user("ada");
    let cookie = ada.cookie();
    let app: Router = Router::new()
        .route("/me", get(me))
        .layer(ClerkLayer::new(clerk.clone()))
        .with_state(clerk);
    let ask = |cookie: &str, referrer: &str| {
        let request = Request::get("/me").header("host", "localhost:3000");
        let request = request
            .header("sec-fetch-dest", "document")
            .header(REFERER, referrer);
        request.header(COOKIE, cookie).body(Body::empty()).unwrap()
    };
    let own = "http://localhost:3000/";
    // The first look, and one that is answered from the cache.
    for _ in 0..2 {
        assert_eq!(call(&app, ask(&cookie, own)).await.body, ada.user_id());
    }
    let newer_client = cookie.split("; ").map(|pair| match pair.split_once('=') {
        Some((name, _)) if name.starts_with("__client_uat") => format!("{name}=4102444800"),
        _ => pair.to_owned(),
    });
    let newer_client = newer_client.collect::<Vec<_>>().join("; ");
    for (cookie, referrer, reason) in [
        (&newer_client, own, "session-token-iat-before-client-uat"),
        (
            &cookie,
            "https://other.example/",
            "primary-domain-cross-origin-sync",
        ),
    ] {
        let answer = call(&app, ask(cookie, referrer)).await;
        assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT, "{answer:?}");
        assert_eq!(answer.header("x-clerk-auth-reason"), Some(reason));
    }
}
