//! Requests that a foreign site makes with the user's cookie (row S1).

use axum::Router;
use axum::body::Body;
use axum::routing::any;
use clerk_runtime::{Clerk, ClerkLayer, UserId};
use clerk_testing::LocalInstance;
use http::{Method, Request, StatusCode};

use crate::call::call;

async fn change(user_id: UserId) -> String {
    user_id.into()
}

fn apps(clerk: &Clerk) -> [(&'static str, Router); 2] {
    let routes = || Router::new().route("/", any(change));
    [
        ("guard", routes().with_state(clerk.clone())),
        (
            "layer",
            routes()
                .layer(ClerkLayer::new(clerk.clone()))
                .with_state(clerk.clone()),
        ),
    ]
}

#[tokio::test]
async fn a_foreign_site_cannot_change_anything_with_the_cookie() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance
        .clerk_builder()
        .authorized_parties(["http://localhost:3000", "https://app.example"])
        .build()
        .unwrap();
    let cookie = instance.user("ada").cookie();
    let (yes, no) = (StatusCode::OK, StatusCode::FORBIDDEN);
    for (method, origin, site, expected) in [
        (Method::GET, Some("https://evil.test"), Some("cross-site"), yes),
        (Method::POST, None, None, yes),
        (Method::POST, Some("https://api.example"), None, yes),
        (Method::POST, Some("http://api.example"), None, yes),
        (
            Method::POST,
            Some("https://api.example"),
            Some("same-origin"),
            yes,
        ),
        (Method::POST, None, Some("same-origin"), yes),
        (Method::POST, None, Some("none"), yes),
        (Method::POST, Some("https://app.example"), None, yes),
        (Method::POST, Some("https://app.example"), Some("same-site"), yes),
        (Method::POST, Some("https://app.example"), Some("cross-site"), yes),
        (Method::POST, Some("https://evil.test"), None, no),
        (Method::POST, Some("https://evil.test"), Some("cross-site"), no),
        (Method::POST, Some("https://blog.example"), Some("same-site"), no),
        (Method::POST, Some("https://api.example:444"), None, no),
        (Method::POST, Some("https://api.example.evil.test"), None, no),
        (Method::POST, Some("null"), None, no),
        (Method::POST, Some(""), None, no),
        (Method::POST, None, Some("cross-site"), no),
        (Method::POST, None, Some("same-site"), no),
        (Method::DELETE, Some("https://evil.test"), None, no),
        (Method::PATCH, None, Some("cross-site"), no),
    ] {
        for (name, app) in apps(&clerk) {
            let mut request = Request::builder()
                .method(method.clone())
                .uri("/")
                .header("host", "api.example")
                .header("cookie", &cookie);
            for (header, value) in [("origin", origin), ("sec-fetch-site", site)] {
                if let Some(value) = value {
                    request = request.header(header, value);
                }
            }
            let answer = call(&app, request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, expected, "{name} {method} {origin:?} {site:?}");
        }
    }
}

#[tokio::test]
async fn web_sockets_are_no_way_around() {
    let instance = LocalInstance::start().await.unwrap();
    for (name, app) in apps(&instance.clerk()) {
        for (origin, expected) in [
            ("http://localhost:3000", StatusCode::OK),
            ("https://evil.test", StatusCode::FORBIDDEN),
        ] {
            let request = Request::get("/")
                .header("host", "localhost:3000")
                .header("upgrade", "websocket")
                .header("origin", origin)
                .header("cookie", instance.user("ada").cookie());
            let answer = call(&app, request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, expected, "{name} {origin}");
        }
    }
}

#[tokio::test]
async fn a_token_in_the_header_is_nobody_s_cookie() {
    let instance = LocalInstance::start().await.unwrap();
    for (name, app) in apps(&instance.clerk()) {
        let request = Request::post("/")
            .header("host", "api.example")
            .header("origin", "https://evil.test")
            .header("authorization", instance.user("ada").bearer());
        let answer = call(&app, request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
    }
}
