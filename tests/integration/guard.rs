use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::extract::{FromRef, Path, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use clerk_runtime::{Clerk, OrgId, SessionAuth, UserId, protected};
use clerk_testing::LocalInstance;
use http::{Request, StatusCode};
use http_body::Frame;
use serde_json::{Value, json};

use crate::call::{call, get as get_path};

#[derive(Clone)]
struct App {
    clerk: Clerk,
    name: &'static str,
}

impl FromRef<App> for Clerk {
    fn from_ref(app: &App) -> Self {
        app.clerk.clone()
    }
}

#[derive(serde::Deserialize)]
struct Item {
    name: String,
}

#[protected]
async fn store(
    user_id: UserId,
    Path(id): Path<u64>,
    State(app): State<App>,
    Json(item): Json<Item>,
) -> Json<Value> {
    Json(json!({"user": user_id, "id": id, "app": app.name, "item": item.name}))
}

#[protected]
async fn organization(org_id: OrgId, auth: SessionAuth) -> String {
    format!("{org_id} {}", auth.org_role().unwrap_or("-"))
}

fn app(instance: &LocalInstance) -> Router {
    Router::new()
        .route("/items/{id}", post(store))
        .route("/organization", get(organization))
        .with_state(App {
            clerk: instance.clerk(),
            name: "shop",
        })
}

/// A body that counts how often it is asked for.
struct WatchedBody {
    polls: Arc<AtomicUsize>,
    content: Option<&'static [u8]>,
}

impl http_body::Body for WatchedBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.polls.fetch_add(1, Ordering::SeqCst);
        Poll::Ready(
            self.content
                .take()
                .map(|content| Ok(Frame::data(Bytes::from_static(content)))),
        )
    }
}

fn watched_body(polls: &Arc<AtomicUsize>) -> Body {
    Body::new(WatchedBody {
        polls: Arc::clone(polls),
        content: Some(b"{not json"),
    })
}

#[tokio::test]
async fn authentication_comes_before_path_state_and_body() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    let send = |token: Option<String>, path: &'static str, polls: Arc<AtomicUsize>| {
        let app = app.clone();
        async move {
            let mut request = Request::post(path).header("content-type", "application/json");
            if let Some(token) = token {
                request = request.header("authorization", token);
            }
            call(&app, request.body(watched_body(&polls)).unwrap()).await
        }
    };

    let polls = Arc::new(AtomicUsize::new(0));
    send(None, "/items/not-a-number", Arc::clone(&polls))
        .await
        .assert_not_authenticated("Bearer");
    send(Some("Bearer x".into()), "/items/1", Arc::clone(&polls))
        .await
        .assert_not_authenticated(r#"Bearer error="invalid_token""#);
    assert_eq!(polls.load(Ordering::SeqCst), 0, "the body was asked for");

    // With a token the same requests get as far as the path, and then as far as the body: the watch works.
    let bearer = instance.user("ada").bearer();
    let bad_path = send(Some(bearer.clone()), "/items/not-a-number", Arc::clone(&polls)).await;
    assert_eq!(bad_path.status, StatusCode::BAD_REQUEST);
    assert_eq!(polls.load(Ordering::SeqCst), 0);
    let bad_body = send(Some(bearer), "/items/1", Arc::clone(&polls)).await;
    assert_eq!(bad_body.status, StatusCode::BAD_REQUEST);
    assert!(polls.load(Ordering::SeqCst) > 0);
}

#[tokio::test]
async fn the_verified_user_reaches_the_handler_beside_its_extractors() {
    let instance = LocalInstance::start().await.unwrap();
    let ada = instance.user("ada");
    let request = Request::post("/items/7")
        .header("authorization", ada.bearer())
        .header("content-type", "application/json")
        .body(Body::from(r#"{"name":"pen"}"#))
        .unwrap();
    let answer = call(&app(&instance), request).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(
        body,
        json!({"user": ada.user_id(), "id": 7, "app": "shop", "item": "pen"})
    );
}

#[tokio::test]
async fn a_missing_organization_is_403_not_401() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    let without = get_path(&app, "/organization", Some(&instance.user("ada").bearer())).await;
    assert_eq!(
        (without.status, without.body.as_str()),
        (StatusCode::FORBIDDEN, r#"{"error":"Not authorized"}"#)
    );
    assert_eq!(without.header("www-authenticate"), None);

    for token in [
        instance.user("ada").org("acme").role("org:admin"),
        instance.user("ada").org("acme").role("org:admin").v1(),
    ] {
        let with = get_path(&app, "/organization", Some(&token.bearer())).await;
        assert_eq!(with.status, StatusCode::OK);
        assert_eq!(with.body, format!("{} org:admin", token.org_id().unwrap()));
    }
}

#[tokio::test]
async fn every_invalid_token_gets_the_same_answer() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    let other = LocalInstance::start().await.unwrap();
    let ada = || instance.user("ada");
    for (what, bearer) in [
        ("expired", ada().expired().bearer()),
        ("not yet valid", ada().not_yet_valid().bearer()),
        ("signed by another key", ada().signed_by_other_key().bearer()),
        ("another issuer", ada().issuer("https://clerk.evil.test").bearer()),
        ("another instance", other.user("ada").bearer()),
        ("no user", ada().without_claim("sub").bearer()),
        ("pending", ada().pending().bearer()),
        ("garbage", "Bearer garbage".to_owned()),
        ("no scheme", ada().token()),
    ] {
        let answer = get_path(&app, "/organization", Some(&bearer)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{what}");
        answer.assert_not_authenticated(r#"Bearer error="invalid_token""#);
    }
    let basic = get_path(&app, "/organization", Some("Basic dXNlcjpwYXNz")).await;
    basic.assert_not_authenticated("Bearer");
}

#[tokio::test]
async fn head_is_guarded_as_get_is() {
    let instance = LocalInstance::start().await.unwrap();
    let request = Request::head("/organization").body(Body::empty()).unwrap();
    let answer = call(&app(&instance), request).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (StatusCode::UNAUTHORIZED, "")
    );
}
