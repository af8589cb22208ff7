use axum::Router;
use axum::body::Body;
use clerk_runtime::{Auth, Policy, Rejection, Requirement};
use http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;

/// Anyone who is signed in, for guards that are written by hand.
pub(crate) struct SignedIn;

impl Policy for SignedIn {
    fn inject(_: &Auth) -> Result<Self, Rejection> {
        Ok(Self)
    }
}

/// Administrators of the active organization.
pub(crate) struct Admin;

impl Policy for Admin {
    const REQUIREMENT: Option<Requirement<'static>> = Some(Requirement::role("org:admin"));

    fn inject(_: &Auth) -> Result<Self, Rejection> {
        Ok(Self)
    }
}

/// Sends a request with the body `sent`; answers status and body.
pub(crate) async fn send(
    app: &Router,
    method: Method,
    path: &str,
    authorization: Option<&str>,
) -> (StatusCode, String) {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(value) = authorization {
        request = request.header("authorization", value);
    }
    let response = app
        .clone()
        .oneshot(request.body(Body::from("sent")).unwrap())
        .await
        .unwrap();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

pub(crate) async fn get(app: &Router, path: &str, authorization: Option<&str>) -> (StatusCode, String) {
    send(app, Method::GET, path, authorization).await
}
