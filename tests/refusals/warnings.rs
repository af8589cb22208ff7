//! Warnings about the configuration: few, exact, and none that a stranger causes.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use clerk_runtime::{Clerk, ClerkLayer, protected};
use clerk_testing::LocalInstance;
use http::Request;
use tower::ServiceExt;

use crate::log::Log;
use crate::scene::app;

async fn send(clerk: &Clerk, bearer: &str, times: usize) {
    let app = app(clerk);
    for _ in 0..times {
        let request = Request::get("http://app.test/me/7").header("authorization", bearer);
        app.clone()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
    }
}

fn warnings(log: &Log) -> Vec<String> {
    let text = log.text();
    text.lines()
        .filter(|line| line.starts_with(" WARN"))
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn configuration_that_does_not_fit_is_warned_of_once_a_minute_and_counted() {
    let instance = LocalInstance::builder()
        .production("app.localhost")
        .start()
        .await
        .unwrap();
    let clerk = instance
        .clerk_builder()
        .authorized_parties(["https://app.example.com"])
        .build()
        .unwrap();
    clerk.ready().await.unwrap();
    let ada = || instance.user("ada").azp("https://app.example.com");
    let bearers: [(&dyn Fn() -> String, &str); 6] = [
        (
            &|| ada().azp("https://other.test").bearer(),
            "not an authorized party",
        ),
        (&|| ada().issuer("https://clerk.other.test").bearer(), "(`iss`)"),
        (&|| ada().not_yet_valid().bearer(), "not valid yet"),
        (&|| ada().pending().bearer(), "the session is pending"),
        (
            &|| ada().header("kid", "ins_other").bearer(),
            "no key that CLERK_SECRET_KEY fetches",
        ),
        (&|| "Bearer sk_live_canary123".to_owned(), "a secret key was sent"),
    ];
    for (bearer, text) in bearers {
        let log = Log::usual();
        send(&clerk, &bearer(), 40).await;
        let lines = warnings(&log);
        assert_eq!(lines.len(), 1, "{text}: {lines:#?}");
        assert!(
            lines[0].contains(text) && lines[0].contains("requests=1"),
            "{lines:#?}"
        );
        assert!(!lines[0].contains("canary"), "{lines:#?}");
        instance.advance(Duration::from_secs(61));
        send(&clerk, &bearer(), 1).await;
        let lines = warnings(&log);
        assert_eq!(lines.len(), 2, "{text}: {lines:#?}");
        assert!(lines[1].contains("requests=40"), "{lines:#?}");
    }
}

#[tokio::test]
async fn flood_of_forged_tokens_writes_no_warning() {
    let instance = LocalInstance::builder()
        .production("app.localhost")
        .start()
        .await
        .unwrap();
    let clerk = instance.clerk();
    clerk.ready().await.unwrap();
    let log = Log::usual();
    let forged = instance.user("ada").signed_by_other_key();
    let bearers = [
        forged.bearer(),
        forged.clone().expired().bearer(),
        forged.clone().issuer("https://evil.test").bearer(),
        forged.clone().not_yet_valid().bearer(),
        forged.clone().pending().bearer(),
        forged.clone().header("kid", "evil").bearer(),
        forged.clone().without_claim("sub").bearer(),
        "Bearer undefined".to_owned(),
        "Bearer a.b.c".to_owned(),
        "Basic eA==".to_owned(),
    ];
    for bearer in &bearers {
        send(&clerk, bearer, 1_000).await;
    }
    assert_eq!(log.text(), "", "10,000 requests of a stranger");
}

#[protected(redirect_to_sign_in)]
async fn page() {}

#[tokio::test]
async fn a_redirect_to_sign_in_without_a_layer_is_warned_of_once_a_minute() {
    let instance = LocalInstance::start().await.unwrap();
    for has_layer in [false, true] {
        let clerk = instance.clerk_builder().build().unwrap();
        clerk.ready().await.unwrap();
        let bare = Router::new().route("/", get(page)).with_state(clerk.clone());
        let app = if has_layer {
            bare.layer(ClerkLayer::new(clerk))
        } else {
            bare
        };
        let log = Log::usual();
        for _ in 0..3 {
            let request = Request::get("http://app.test/")
                .header("sec-fetch-dest", "document")
                .header("cookie", "__clerk_db_jwt=dvb_known");
            let response = app
                .clone()
                .oneshot(request.body(Body::empty()).unwrap())
                .await
                .unwrap();
            assert_eq!(response.status(), 307, "{response:?}");
        }
        let lines = warnings(&log);
        assert_eq!(lines.len(), usize::from(!has_layer), "{lines:#?}");
        assert!(
            lines
                .iter()
                .all(|line| line.contains(".layer(ClerkLayer::new(clerk))") && line.contains("requests=1")),
            "{lines:#?}"
        );
    }
}
