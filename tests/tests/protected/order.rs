//! The guard comes before everything else that a handler takes.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::routing::post;
use axum::{Json, Router};
use clerk_runtime::{UserId, protected};
use http::{Request, StatusCode, header};
use http_body::Frame;
use tower::ServiceExt;

use crate::support::World;

/// A body that tells whether anybody asked for it.
struct Watched(Arc<AtomicBool>);

impl http_body::Body for Watched {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0.store(true, Ordering::SeqCst);
        Poll::Ready(None)
    }
}

#[protected]
async fn handler(Path(_): Path<u64>, user_id: UserId, Json(_): Json<Vec<u8>>) -> String {
    user_id.into()
}

#[tokio::test]
async fn nobody_signed_in_is_told_before_path_and_body_are_read() {
    let world = World::new().await;
    let app = Router::new()
        .route("/{id}", post(handler))
        .with_state(world.instance.clerk());
    let asked = Arc::new(AtomicBool::new(false));
    let request = Request::post("/not-a-number")
        .body(Body::new(Watched(asked.clone())))
        .unwrap();
    let response = app.oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(response.headers()[header::WWW_AUTHENTICATE], "Bearer");
    assert!(!asked.load(Ordering::SeqCst));
}

#[tokio::test]
async fn a_bad_token_is_refused_and_a_good_one_meets_the_other_extractors() {
    let world = World::new().await;
    let (status, body) = world.call_as(Some("Bearer nonsense"), handler).await;
    assert_eq!(
        (status, &*body),
        (StatusCode::UNAUTHORIZED, r#"{"error":"Not authenticated"}"#)
    );
    let (status, _) = world.call(handler).await;
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}
