//! M: handlers that a gate was forgotten for, or that are reached by another way.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::extract::{Path, Query};
use axum::{Json, Router};
use clerk_runtime::routing::{get as guarded_get, post as guarded_post};
use clerk_runtime::{Auth, GuardedRouter, UserId, protected, public};
use clerk_testing::LocalInstance;
use http::{Method, Request};
use http_body::Frame;

use crate::scene::{request, send};

#[protected]
async fn secret(user_id: UserId) -> String {
    user_id.into()
}

#[public]
async fn open() -> &'static str {
    "open"
}

#[tokio::test]
async fn m1_path_list_gates() {
    // However the path is written, it leads to a handler that decides for itself, or to none.
    let instance = LocalInstance::start().await.unwrap();
    let inner = Router::new().route("/secret", axum::routing::get(secret));
    let app: Router = Router::new()
        .nest("/admin", inner.clone())
        .nest("/public/assets", inner)
        .route("/open", axum::routing::get(open))
        .route("/{*rest}", axum::routing::any(secret))
        .with_state(instance.clerk());
    for path in [
        "/admin/secret",
        "/public/assets/secret",
        "/public/../admin/secret",
        "//admin/secret",
        "/ADMIN/secret",
        "/admin/secret/",
        "/admin;x=1/secret",
        "/%61dmin/secret",
        "/admin%2fsecret",
        "/open/../admin/secret",
        "/open%00/admin/secret",
        "/_next/admin/secret",
        "http://localhost/admin/secret",
    ] {
        for method in ["GET", "HEAD", "POST", "DELETE", "OPTIONS", "PROPFIND"] {
            let answer = send(&app, request(method, path, &[])).await;
            let status = answer.status.as_u16();
            assert!(matches!(status, 401 | 404 | 405), "{method} {path}: {status}");
        }
        let ada = instance.user("ada");
        let headers = [("authorization", &*ada.bearer())];
        let answer = send(&app, request("GET", path, &headers)).await;
        assert!(
            answer.body == ada.user_id() || answer.status == 404,
            "{path} {answer:?}"
        );
    }
    assert_eq!(send(&app, request("GET", "/open", &[])).await.body, "open");
}

#[tokio::test]
async fn m2_every_method_and_the_fallback_are_decided() {
    let instance = LocalInstance::start().await.unwrap();
    let app = GuardedRouter::new()
        .route("/open", guarded_get(open))
        .route("/secret", guarded_get(secret).post(secret))
        .fallback(secret)
        .with_state(instance.clerk())
        .into_axum();
    for method in [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::DELETE,
        Method::OPTIONS,
        Method::TRACE,
        Method::CONNECT,
    ] {
        for path in ["/secret", "/elsewhere"] {
            let answer = send(&app, request(method.as_str(), path, &[])).await;
            let status = answer.status.as_u16();
            assert!(matches!(status, 401 | 405), "{method} {path}: {status}");
            assert!(!answer.body.contains("user_"));
        }
    }
    let head = send(&app, request("HEAD", "/secret", &[])).await;
    assert_eq!((head.status.as_u16(), &*head.body), (401, ""));
    let bearer = instance.user("ada").bearer();
    let headers = [("authorization", &*bearer)];
    for path in ["/secret", "/elsewhere"] {
        send(&app, request("HEAD", path, &headers)).await.assert_is(200);
    }
}

#[test]
fn m2_an_undecided_handler_does_not_compile() {
    let cases = trybuild::TestCases::new();
    for case in [
        "attribute_configured_off",
        "axum_get",
        "axum_router_merged",
        "axum_router_nested",
        "bare_handler",
        "bare_chained",
        "bare_fallback",
        "bare_method_fallback",
    ] {
        cases.compile_fail(format!("ui/router/{case}.rs"));
    }
}

#[protected]
async fn transfer(user_id: &str, body: String) -> String {
    format!("{user_id} pays {body}")
}

#[public]
async fn pay(auth: Auth, body: String) -> String {
    let user = auth.user_id().map_or("nobody", |user| user.as_str());
    format!("{user} pays {body}")
}

#[tokio::test]
async fn m4_the_body_does_not_say_who_calls() {
    let instance = LocalInstance::start().await.unwrap();
    let app = GuardedRouter::new()
        .route("/protected", guarded_post(transfer))
        .route("/public", guarded_post(pay))
        .with_state(instance.clerk())
        .into_axum();
    let ada = instance.user("ada");
    let victim = instance.user("victim").user_id().to_string();
    for path in ["/protected", "/public"] {
        let request = Request::post(path)
            .header("authorization", ada.bearer())
            .body(Body::from(victim.clone()))
            .unwrap();
        let answer = send(&app, request).await;
        assert_eq!(answer.body, format!("{} pays {victim}", ada.user_id()), "{path}");
    }
    let request = Request::post("/protected")
        .body(Body::from(victim.clone()))
        .unwrap();
    send(&app, request).await.assert_signed_out();
    let request = Request::post("/public").body(Body::from(victim.clone())).unwrap();
    assert_eq!(send(&app, request).await.body, format!("nobody pays {victim}"));
}

#[test]
fn m4_a_parameter_named_like_an_identity_is_never_the_body() {
    let cases = trybuild::TestCases::new();
    for case in [
        "handlers/body_as_user",
        "handlers/body_of_an_alias",
        "parameters/body_as_email",
        "parameters/body_as_organization",
        "parameters/body_as_role",
        "parameters/body_as_slug",
        "parameters/body_as_user",
        "parameters/body_in_a_result",
        "parameters/body_in_a_tuple",
        "parameters/body_of_a_fragment",
        "parameters/body_of_an_alias",
        "parameters/body_of_whom",
        "public/body_as_user",
        "public/body_of_an_alias",
    ] {
        cases.compile_fail(format!("ui/{case}.rs"));
    }
}

#[protected]
async fn store(
    Path(_): Path<u64>,
    Query(_): Query<Vec<(String, u64)>>,
    user_id: UserId,
    Json(_): Json<serde_json::Value>,
) -> String {
    user_id.into()
}

#[tokio::test]
async fn m3_body_before_auth() {
    let instance = LocalInstance::start().await.unwrap();
    let app = GuardedRouter::new()
        .route("/items/{id}", guarded_post(store))
        .with_state(instance.clerk())
        .into_axum();
    let asked = Arc::new(AtomicUsize::new(0));
    let send_as = |authorization: Option<String>, path: &'static str, kind: &'static str| {
        let asked = asked.clone();
        let body = Body::new(Once(Some((asked, "{not json"))));
        let mut request = Request::post(path).header("content-type", kind);
        if let Some(value) = authorization {
            request = request.header("authorization", value);
        }
        let app = app.clone();
        async move { send(&app, request.body(body).unwrap()).await }
    };
    for (path, kind) in [
        ("/items/1", "application/json"),
        ("/items/1", "text/plain"),
        ("/items/not-a-number", "application/json"),
        ("/items/1?page=x", "application/json"),
    ] {
        send_as(None, path, kind).await.assert_signed_out();
        let forged = instance.user("ada").signed_by_other_key().bearer();
        send_as(Some(forged), path, kind).await.assert_is(401);
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0, "the body was asked for");
    let bearer = || Some(instance.user("ada").bearer());
    send_as(bearer(), "/items/1", "application/json")
        .await
        .assert_is(400);
    send_as(bearer(), "/items/1", "text/plain").await.assert_is(415);
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

/// A body of one piece, which counts how often it is read.
struct Once(Option<(Arc<AtomicUsize>, &'static str)>);

impl http_body::Body for Once {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = self.0.take().map(|(asked, piece)| {
            asked.fetch_add(1, Ordering::SeqCst);
            Ok(Frame::data(Bytes::from_static(piece.as_bytes())))
        });
        Poll::Ready(piece)
    }
}
