//! The address that a browser asked for, wherever in an application it is looked at.

use axum::Router;
use axum::body::Body;
use axum::extract::Request as AxumRequest;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{any, get};
use clerk_runtime::routing::{self, GuardedRouter};
use clerk_runtime::{Clerk, ClerkLayer, ProtectedResource, Public, UserId, protected};
use clerk_testing::LocalInstance;
use http::{Method, Request, StatusCode};
use url::Url;

use crate::call::{Answer, call};

#[protected(redirect_to_sign_in)]
async fn profile(user_id: UserId) -> String {
    user_id.into()
}

#[protected(token = any("session_token", "oauth_token"))]
async fn tool() -> &'static str {
    "done"
}

/// A middleware that asks the handle by itself.
async fn by_hand(clerk: axum::extract::State<Clerk>, request: AxumRequest, _: Next) -> Response {
    let (parts, _) = request.into_parts();
    let url = clerk.redirect_to_sign_in(&parts).url().unwrap();
    Redirect::temporary(&url).into_response()
}

async fn send(app: &Router, request: http::request::Builder) -> Answer {
    call(app, request.body(Body::empty()).unwrap()).await
}

fn document(path: &str) -> http::request::Builder {
    Request::get(path)
        .header("host", "app.test")
        .header("sec-fetch-dest", "document")
}

/// The way back that a redirect carries.
fn way_back(answer: &Answer) -> String {
    assert!(answer.status.is_redirection(), "{answer:?}");
    let location = Url::parse(answer.header("location").unwrap()).unwrap();
    let mut pairs = location.query_pairs();
    let back = pairs.find(|(name, _)| name == "redirect_url");
    back.unwrap().1.into_owned()
}

/// The same page below `/user`, by every form of router.
fn nested(clerk: &Clerk) -> Vec<(&'static str, Router)> {
    let plain = || Router::new().route("/profile", get(profile));
    let guarded = || GuardedRouter::new().route("/profile", routing::get(profile));
    let state = || clerk.clone();
    vec![
        ("nest", Router::new().nest("/user", plain()).with_state(state())),
        (
            "nest in nest",
            Router::new()
                .nest("/{who}", Router::new().nest("/{id}", plain()))
                .with_state(state()),
        ),
        (
            "nest_service",
            Router::new().nest_service("/user", plain().with_state(state())),
        ),
        (
            "GuardedRouter::nest",
            GuardedRouter::new()
                .nest("/user", guarded())
                .into_axum()
                .with_state(state()),
        ),
        (
            "GuardedRouter::nest_service",
            GuardedRouter::new()
                .nest_service::<Public, _>("/user", plain().with_state(state()))
                .into_axum()
                .with_state(state()),
        ),
        (
            "middleware inside",
            Router::new()
                .nest("/user", plain().layer(from_fn_with_state(state(), by_hand)))
                .with_state(state()),
        ),
        (
            "fallback service",
            Router::new()
                .nest_service("/user", get(profile).with_state(state()))
                .with_state(state()),
        ),
    ]
}

#[tokio::test]
async fn a_nested_router_keeps_the_way_back() {
    let instance = LocalInstance::start().await.unwrap();
    for (name, app) in nested(&instance.clerk()) {
        let path = if name == "nest in nest" {
            "/user/7/profile?tab=1"
        } else {
            "/user/profile?tab=1"
        };
        let answer = send(&app, document(path)).await;
        assert_eq!(way_back(&answer), format!("http://app.test{path}"), "{name}");
    }
}

#[tokio::test]
async fn a_layer_inside_a_nested_router_knows_the_whole_address() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance
        .clerk_builder()
        .organization_patterns(["/orgs/:slug/(.*)"])
        .build()
        .unwrap();
    let expired = instance.user("ada").expired().cookie();
    let in_no_organization = instance.user("ada").cookie();
    let pages = || Router::new().route("/acme/profile", get(profile));
    let layer = || ClerkLayer::new(clerk.clone());
    for (name, app) in [
        ("inside", Router::new().nest("/orgs", pages().layer(layer()))),
        ("outside", Router::new().nest("/orgs", pages()).layer(layer())),
        (
            "around the service",
            Router::new().nest_service("/orgs", pages().layer(layer()).with_state(clerk.clone())),
        ),
    ] {
        let app = app.with_state(clerk.clone());
        let path = "/orgs/acme/profile?tab=1";
        for (what, cookie) in [
            ("expired", &expired),
            ("another organization", &in_no_organization),
        ] {
            let answer = send(&app, document(path).header("cookie", cookie)).await;
            assert_eq!(
                way_back(&answer),
                format!("http://app.test{path}"),
                "{name} {what}"
            );
            let location = answer.header("location").unwrap();
            assert!(
                location.contains("organization_id=acme"),
                "{name} {what} {location}"
            );
        }
        // What a handshake left is read from the query of the same address, and the browser is sent to it without.
        let token = instance
            .user("ada")
            .claim("handshake", serde_json::json!([]))
            .token();
        let request =
            document(&format!("{path}&__clerk_handshake={token}")).header("cookie", "__clerk_db_jwt=dvb");
        let answer = send(&app, request).await;
        assert_eq!(
            answer.header("location"),
            Some("http://app.test/orgs/acme/profile?tab=1"),
            "{name}"
        );
    }
}

#[tokio::test]
async fn trusted_headers_set_scheme_and_host_each_by_itself() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance
        .clerk_builder()
        .trust_forwarded_headers()
        .build()
        .unwrap();
    let app = Router::new().route("/p", get(profile)).with_state(clerk);
    for (host, proto, forwarded_host, expected) in [
        ("in.test", "wss", "app.test", "https://app.test/p"),
        ("in.test", "WS", "app.test", "http://app.test/p"),
        ("in.test", "gopher", "app.test", "http://app.test/p"),
        ("in.test", "https", "a\",error=\"x", "https://in.test/p"),
        ("in.test", "https", "user@evil.test", "https://in.test/p"),
        ("in.test", "https", "APP.test:443", "https://app.test/p"),
        ("in.test", "https", "[::1]:8443", "https://[::1]:8443/p"),
        ("in.test", "https", "[::1%25eth0]", "https://in.test/p"),
        ("in.test", "https", "app.test, evil.test", "https://app.test/p"),
        ("in.test", "https, http", "app.test.", "https://app.test./p"),
        ("a\",b=\"c", "https", "", "https://localhost/p"),
    ] {
        let request = Request::get("/p")
            .header("host", host)
            .header("x-forwarded-proto", proto)
            .header("x-forwarded-host", forwarded_host)
            .header("accept", "text/html");
        let answer = send(&app, request).await;
        assert_eq!(way_back(&answer), expected, "{host} {proto} {forwarded_host}");
    }
}

#[tokio::test]
async fn hosts_are_compared_without_regard_to_spelling() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance
        .clerk_builder()
        .authorized_parties(["http://localhost:3000", "https://spa.test"])
        .build()
        .unwrap();
    async fn change(user_id: UserId) -> String {
        user_id.into()
    }
    let app = Router::new().nest("/api", Router::new().route("/", any(change)).with_state(clerk));
    let cookie = instance.user("ada").cookie();
    let (yes, no) = (StatusCode::OK, StatusCode::FORBIDDEN);
    for (host, origin, site, expected) in [
        ("app.test", "https://APP.test", None, yes),
        ("app.test:443", "https://app.test", None, yes),
        ("app.test:80", "https://app.test", None, yes),
        ("app.test", "https://app.test:443", None, yes),
        ("app.test.", "https://app.test", None, yes),
        ("App.Test", "https://app.test.", None, yes),
        ("[::1]:3000", "http://[0:0::1]:3000", None, yes),
        ("app.test", "https://spa.test:443", Some("cross-site"), yes),
        ("app.test", "HTTPS://spa.test.", Some("cross-site"), yes),
        ("app.test", "https://app.test", Some("none"), yes),
        ("app.test", "https://evil.test", Some("none"), no),
        ("app.test", "null", Some("none"), no),
        ("app.test:3000", "https://app.test", None, no),
        ("app.test", "https://app.test:8443", None, no),
        ("app.test", "http://spa.test", None, no),
        ("app.test..", "https://app.test", None, no),
        // A request that names no host has none of its own.
        ("a b", "http://localhost", None, no),
        ("a b", "https://spa.test", None, yes),
    ] {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri("/api")
            .header("host", host)
            .header("origin", origin)
            .header("cookie", &cookie);
        if let Some(site) = site {
            request = request.header("sec-fetch-site", site);
        }
        assert_eq!(
            send(&app, request).await.status,
            expected,
            "{host} {origin} {site:?}"
        );
    }
    // Browsers send each of the two once.
    for (name, values, expected) in [
        ("origin", ["https://app.test", "https://evil.test"], no),
        ("origin", ["https://app.test", "https://app.test"], no),
        ("sec-fetch-site", ["same-origin", "cross-site"], no),
        ("sec-fetch-site", ["none", "none"], no),
    ] {
        let request = Request::post("/api")
            .header("host", "app.test")
            .header(name, values[0])
            .header(name, values[1])
            .header("cookie", &cookie);
        assert_eq!(send(&app, request).await.status, expected, "{name} {values:?}");
    }
}

#[tokio::test]
async fn no_list_of_parties_lets_a_sandboxed_page_in() {
    let instance = LocalInstance::start().await.unwrap();
    for open in ["null", ""] {
        let parties = ["http://localhost:3000", open];
        assert!(
            instance
                .clerk_builder()
                .authorized_parties(parties)
                .build()
                .is_err()
        );
    }
    let clerk = instance
        .clerk_builder()
        .authorized_parties(["http://localhost:3000", "chrome-extension://abc"])
        .build()
        .unwrap();
    let app = Router::new()
        .route("/", any(|_: UserId| async { "changed" }))
        .with_state(clerk);
    for (origin, expected) in [
        ("null", StatusCode::FORBIDDEN),
        ("", StatusCode::FORBIDDEN),
        ("chrome-extension://abc", StatusCode::OK),
        ("chrome-extension://abcd", StatusCode::FORBIDDEN),
    ] {
        let request = Request::post("/")
            .header("host", "app.test")
            .header("origin", origin)
            .header("cookie", instance.user("ada").cookie());
        assert_eq!(send(&app, request).await.status, expected, "{origin}");
    }
}

#[tokio::test]
async fn the_host_in_a_challenge_is_a_host() {
    let instance = LocalInstance::start().await.unwrap();
    let app = Router::new()
        .nest("/tools", Router::new().route("/", get(tool)))
        .route(
            ProtectedResource::PATH,
            get(|document: ProtectedResource| async { document }),
        )
        .with_state(instance.clerk());
    for (host, expected) in [
        ("a\",error=\"x", "http://localhost"),
        ("a\\b", "http://localhost"),
        ("a,b=c", "http://localhost"),
        ("a%22b", "http://localhost"),
        ("app.test:99999", "http://localhost"),
        ("app.test", "http://app.test"),
        ("[::1]:3000", "http://[::1]:3000"),
    ] {
        let answer = send(&app, Request::get("/tools").header("host", host)).await;
        let challenge =
            format!(r#"Bearer resource_metadata="{expected}/.well-known/oauth-protected-resource""#);
        answer.assert_not_authenticated(&challenge);
        let document = send(&app, Request::get(ProtectedResource::PATH).header("host", host)).await;
        let document: serde_json::Value = serde_json::from_str(&document.body).unwrap();
        assert_eq!(document["resource"], expected, "{host}");
    }
    // What the application says itself is quoted.
    let clerk = instance
        .clerk_builder()
        .oauth_resource("https://app.test/a\"b\\c")
        .build()
        .unwrap();
    let app = Router::new().route("/", get(tool)).with_state(clerk);
    let answer = send(&app, Request::get("/")).await;
    answer.assert_not_authenticated(
        r#"Bearer resource_metadata="https://app.test/.well-known/oauth-protected-resource/a\"b\\c""#,
    );
}
