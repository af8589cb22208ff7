//! No secret and no token is in anything that explains: events, warnings, explanations, diagnoses, headers, errors.

use std::fmt::Write;

use axum::body::Body;
use clerk_runtime::token::AcceptsToken;
use clerk_runtime::{Clerk, ClerkLayer};
use clerk_testing::{Endpoint, Fault, LocalInstance};
use http::Request;
use http_body_util::BodyExt;
use tower::ServiceExt;
use tracing::Level;

use crate::log::Log;
use crate::scene::app;

/// The kinds of secrets that a request can have, each with text that is nowhere else.
fn secrets(instance: &LocalInstance) -> Vec<(&'static str, String)> {
    let ada = instance.user("ada");
    let machine = instance.machine("worker");
    vec![
        ("session token", ada.token()),
        ("expired token", ada.clone().expired().token()),
        ("forged token", ada.clone().signed_by_other_key().token()),
        (
            "token of another class",
            ada.clone().header("cat", "cl_B7d4PD222AAA").token(),
        ),
        ("pending session", ada.clone().pending().token()),
        ("API key", instance.api_key("ada").secret()),
        ("revoked API key", instance.api_key("ada").revoked().secret()),
        ("machine token", machine.m2m_token()),
        ("machine JWT", machine.m2m_jwt()),
        ("OAuth token", instance.oauth_token("ada").token()),
        ("secret key", instance.secret_key().to_owned()),
        ("machine secret key", instance.machine_secret_key().to_owned()),
        (
            "webhook secret",
            "whsec_Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5".to_owned(),
        ),
        ("development browser", "dvb_canary0123456789canary".to_owned()),
        ("nonce", "canary0123456789nonce".to_owned()),
    ]
}

/// Ways in which a secret gets into a request.
fn requests(secret: &str) -> Vec<Request<Body>> {
    let get = |uri: &str, headers: &[(&str, String)]| {
        let mut request = Request::get(format!("http://app.test{uri}"));
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        request.body(Body::empty()).unwrap()
    };
    let document = ("accept", "text/html".to_owned());
    vec![
        get("/me/7", &[("authorization", format!("Bearer {secret}"))]),
        get("/keys/7", &[("authorization", format!("Bearer {secret}"))]),
        get("/me/7", &[("authorization", secret.to_owned())]),
        get("/me/7", &[("authorization", format!("Basic {secret}"))]),
        get("/me/7", &[("authorization", format!("{secret} x"))]),
        get("/me/7", &[("authorization", format!("Bearer \"{secret}\""))]),
        get("/plan/7", &[("authorization", format!("Bearer {secret}"))]),
        get(
            "/me/7",
            &[(
                "cookie",
                format!("__session={secret}; __client_uat=1; __clerk_db_jwt={secret}"),
            )],
        ),
        get(
            "/me/7",
            &[(
                "cookie",
                format!("__refresh={secret}; __session={secret}; {secret}=1"),
            )],
        ),
        get(
            "/me/7",
            &[
                document.clone(),
                ("cookie", format!("__clerk_handshake_nonce={secret}")),
            ],
        ),
        get(
            "/me/7",
            &[
                document.clone(),
                ("cookie", format!("__clerk_handshake={secret}")),
            ],
        ),
        get(
            &format!("/me/{secret}?__clerk_db_jwt={secret}"),
            std::slice::from_ref(&document),
        ),
        get(&format!("/me/7?__clerk_handshake={secret}"), &[document]),
        get(
            "/me/7",
            &[
                ("origin", format!("https://{secret}.test")),
                ("cookie", "a=b".to_owned()),
            ],
        ),
    ]
}

/// Everything that is told of a request, but for what the browser itself is sent back with.
async fn told(clerk: &Clerk, layer: bool, request: Request<Body>) -> String {
    let log = Log::up_to(Level::TRACE);
    let (parts, _) = request.into_parts();
    let mut told = String::new();
    for accepts in [AcceptsToken::SESSION, AcceptsToken::ANY] {
        let explanation = clerk.explain_accepting(&parts, accepts);
        write!(
            told,
            "{explanation} {explanation:?} {:?} {:?}",
            explanation.claims(),
            explanation.scheme()
        )
        .unwrap();
    }
    match clerk.authenticate(&parts).await {
        Ok(state) => write!(told, "{:?} {:?}", state.message(), state.to_auth()).unwrap(),
        Err(error) => write!(told, "{error} {error:?}").unwrap(),
    }
    let app = match layer {
        true => app(clerk).layer(ClerkLayer::new(clerk.clone())),
        false => app(clerk),
    };
    let answer = app
        .oneshot(Request::from_parts(parts, Body::empty()))
        .await
        .unwrap();
    for (name, value) in answer.headers() {
        // These go to the browser that sent them, and nowhere else.
        if !matches!(name.as_str(), "location" | "set-cookie") {
            write!(told, "{name}: {value:?}").unwrap();
        }
    }
    let is_refused = !answer.status().is_success();
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    if is_refused {
        told += str::from_utf8(&body).unwrap();
    }
    told + &log.text()
}

#[tokio::test]
async fn nothing_that_explains_has_a_secret() {
    let development = LocalInstance::start().await.unwrap();
    let production = LocalInstance::builder()
        .production("app.localhost")
        .start()
        .await
        .unwrap();
    for instance in [development, production] {
        let clerk = instance.clerk();
        clerk.ready().await.unwrap();
        for (kind, secret) in secrets(&instance) {
            for request in requests(&secret) {
                for layer in [false, true] {
                    let mut again = Request::builder().method(request.method()).uri(request.uri());
                    *again.headers_mut().unwrap() = request.headers().clone();
                    let told = told(&clerk, layer, again.body(Body::empty()).unwrap()).await;
                    assert_hidden(kind, &secret, &told);
                }
            }
        }
    }
}

#[tokio::test]
async fn diagnosis_and_errors_have_no_secret() {
    let instance = LocalInstance::start().await.unwrap();
    let log = Log::up_to(Level::TRACE);
    let mut told = String::new();
    for fault in [
        None,
        Some(Fault::Status(401)),
        Some(Fault::Drop),
        Some(Fault::Garbage),
    ] {
        if let Some(fault) = fault {
            instance.fault(Endpoint::Any, fault);
        }
        let clerk = instance
            .clerk_builder()
            .jwt_key(instance.jwt_key())
            .build()
            .unwrap();
        write!(told, "{:?} {:?}", clerk.diagnose().await, clerk).unwrap();
        write!(told, "{:?}", instance.clerk().ready().await).unwrap();
    }
    for (kind, secret) in secrets(&instance) {
        for settings in [
            Clerk::builder().publishable_key(&*secret),
            instance.clerk_builder().secret_key(&*secret),
            instance.clerk_builder().jwt_key(&*secret),
            instance.clerk_builder().machine_secret_key(&*secret),
            instance.clerk_builder().authorized_parties([&*secret]),
            instance.clerk_builder().proxy_url(&*secret),
            instance.clerk_builder().api_url(&*secret),
            instance.clerk_builder().issuers([&*secret]),
            instance.clerk_builder().audience([&*secret]),
            instance.clerk_builder().domain(&*secret),
            instance.clerk_builder().sign_in_url(&*secret),
        ] {
            match settings.build() {
                Ok(clerk) => write!(told, "{clerk:?}").unwrap(),
                Err(error) => write!(told, "{error} {error:?}").unwrap(),
            }
        }
        assert_hidden(kind, &secret, &told);
    }
    for (kind, secret) in secrets(&instance) {
        assert_hidden(kind, &secret, &log.text());
    }
}

#[track_caller]
fn assert_hidden(kind: &str, secret: &str, told: &str) {
    assert!(!told.contains(secret), "{kind} is in {told}");
    // A part of a token is as good as the whole to one who has the rest.
    for part in secret.split('.').filter(|part| part.len() > 24) {
        let half = &part[..24];
        // The header of a token is the same for all.
        let is_header = part.starts_with("eyJ") && part.len() < 160;
        assert!(
            is_header || !told.contains(half),
            "a part of the {kind} is in {told}"
        );
    }
}
