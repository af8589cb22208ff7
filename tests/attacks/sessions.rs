//! S: requests that a browser makes with its user's cookies, for somebody else.

use axum::Router;
use axum::extract::Request as AxumRequest;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::any;
use clerk_runtime::{Clerk, ClerkLayer, UserId};
use clerk_testing::LocalInstance;
use http::Method;

use crate::scene::{api, bear, bring, get, navigate, pages, request, send};

#[tokio::test]
async fn s1_csrf_by_cookie() {
    let instance = LocalInstance::start().await.unwrap();
    let builder = instance.clerk_builder();
    let clerk = builder
        .authorized_parties(["http://localhost:3000"])
        .build()
        .unwrap();
    let ada = instance.user("ada");
    let cookie = ada.cookie();
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        for foreign in [
            &[("origin", "https://evil.test")][..],
            &[("origin", "null")],
            &[("origin", "http://app.example.evil.test")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "https://evil.test"), ("sec-fetch-site", "cross-site")],
            &[
                ("origin", "http://sibling.example"),
                ("sec-fetch-site", "same-site"),
            ],
        ] {
            let mut headers = vec![("host", "app.example"), ("cookie", &*cookie)];
            headers.extend(foreign);
            for app in [api(&clerk), pages(&clerk)] {
                let answer = send(&app, request(method, "/", &headers)).await;
                answer.assert_is(403);
                assert_eq!(answer.body, r#"{"error":"Not authorized"}"#);
                assert!(answer.cookies().is_empty());
            }
        }
    }
    // The application's own pages, and what cannot change anything, are let through; a header is nobody's cookie.
    let own = [
        ("host", "app.example"),
        ("cookie", &*cookie),
        ("origin", "http://app.example"),
        ("sec-fetch-site", "same-origin"),
    ];
    let answer = send(&api(&clerk), request("POST", "/", &own)).await;
    assert_eq!(answer.body, ada.user_id());
    let foreign = [("cookie", &*cookie), ("origin", "https://evil.test")];
    assert_eq!(get(&api(&clerk), "/", &foreign).await.body, ada.user_id());
    let bearer = ada.bearer();
    let foreign = [("authorization", &*bearer), ("origin", "https://evil.test")];
    let answer = send(&api(&clerk), request("POST", "/", &foreign)).await;
    assert_eq!(answer.body, ada.user_id());
}

#[tokio::test]
async fn s1_csrf_from_outside_of_a_page() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let ada = instance.user("ada");
    let cookie = ada.cookie();
    for foreign in ["https://evil.test", "null", "http://app.example.evil.test"] {
        let headers = [
            ("host", "app.example"),
            ("cookie", &*cookie),
            ("origin", foreign),
            ("sec-fetch-site", "none"),
        ];
        for app in [api(&clerk), pages(&clerk)] {
            send(&app, request("POST", "/", &headers)).await.assert_is(403);
        }
        let (parts, _) = request("POST", "/", &headers).into_parts();
        assert!(clerk.is_cross_site(&parts), "{foreign}");
    }
    // The address bar and a bookmark have no origin.
    let typed = [
        ("host", "app.example"),
        ("cookie", &*cookie),
        ("sec-fetch-site", "none"),
    ];
    let answer = send(&api(&clerk), request("POST", "/", &typed)).await;
    assert_eq!(answer.body, ada.user_id());
}

#[tokio::test]
async fn s1_csrf_behind_a_method_override() {
    async fn method_override(mut request: AxumRequest, next: Next) -> Response {
        if request.uri().query() == Some("_method=DELETE") {
            *request.method_mut() = Method::DELETE;
        }
        next.run(request).await
    }
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let ada = instance.user("ada");
    let app = Router::new()
        .route("/", any(|user_id: UserId| async move { user_id.to_string() }))
        .with_state(clerk.clone());
    // A router chooses the method before its layers run, so that the override is around it.
    let app = Router::new()
        .fallback_service(app)
        .layer(from_fn(method_override))
        .layer(ClerkLayer::new(clerk));
    let cookie = ada.cookie();
    let foreign = [
        ("host", "app.example"),
        ("cookie", &*cookie),
        ("origin", "https://evil.test"),
        ("sec-fetch-site", "cross-site"),
    ];
    assert_eq!(get(&app, "/", &foreign).await.body, ada.user_id());
    get(&app, "/?_method=DELETE", &foreign).await.assert_is(403);
}

#[tokio::test]
async fn s2_sibling_subdomain_cookie() {
    let production = LocalInstance::builder().production("app.localhost");
    let instance = production.start().await.unwrap();
    let builder = || {
        Clerk::builder()
            .publishable_key(instance.publishable_key())
            .secret_key(instance.secret_key())
            .api_url(instance.url())
            .clock(instance.clock())
    };
    let error = builder().build().unwrap_err().to_string();
    assert!(
        error.contains("CLERK_AUTHORIZED_PARTIES") && error.contains("any_authorized_party"),
        "{error}"
    );
    // An empty list is no way around: it names nobody.
    let none: [&str; 0] = [];
    assert!(builder().authorized_parties(none).build().is_err());
    let clerk = builder()
        .authorized_parties(["https://app.localhost"])
        .build()
        .unwrap();
    let sibling = instance.user("ada").azp("https://blog.app.localhost");
    bring(&clerk, &sibling.cookie())
        .await
        .assert_refused("token-invalid-authorized-parties");
    let own = instance.user("ada").azp("https://app.localhost");
    assert_eq!(bring(&clerk, &own.cookie()).await.body, own.user_id());
    // Whoever wants any party says so.
    let any = builder().any_authorized_party().build().unwrap();
    assert_eq!(bring(&any, &sibling.cookie()).await.body, sibling.user_id());
}

#[tokio::test]
async fn s3_stale_session_cookie() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let ada = instance.user("ada");
    let session = ada.token();
    let later = u64::MAX;
    let stale = [
        (
            format!("__session={session}; __client_uat=4102444800; __clerk_db_jwt=dvb_1"),
            "session-token-iat-before-client-uat",
        ),
        (
            format!("__session={session}; __client_uat={later}; __clerk_db_jwt=dvb_1"),
            "session-token-iat-before-client-uat",
        ),
        (
            format!("__session={session}; __clerk_db_jwt=dvb_1"),
            "session-token-but-no-client-uat",
        ),
        (
            format!("__session={session}; __client_uat=0; __clerk_db_jwt=dvb_1"),
            "session-token-but-no-client-uat",
        ),
        (
            format!("__session={session}; __client_uat=x; __clerk_db_jwt=dvb_1"),
            "session-token-but-no-client-uat",
        ),
    ];
    for is_known in [false, true] {
        if is_known {
            // Its signature is remembered from now on, which makes the cookies no younger.
            assert_eq!(bear(&clerk, &session).await.body, ada.user_id());
        }
        for (cookie, reason) in &stale {
            bring(&clerk, cookie).await.assert_refused(reason);
            // With the layer the browser asks who is right.
            let answer = navigate(&pages(&clerk), "/me", cookie).await;
            answer.assert_is(307);
            let location = answer.header("location").unwrap();
            assert!(
                location.contains(&format!("__clerk_hs_reason={reason}")),
                "{location}"
            );
        }
    }
    assert_eq!(bring(&clerk, &ada.cookie()).await.body, ada.user_id());
}
