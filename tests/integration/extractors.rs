use std::collections::BTreeSet;

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use clerk_runtime::{Auth, Clerk, SessionAuth, UserId, get_auth};
use clerk_testing::LocalInstance;
use http::StatusCode;
use serde_json::{Value, json};

use crate::call::{call, get as get_path};

async fn anyone(auth: Auth) -> Json<Value> {
    Json(
        json!({"user": auth.user_id(), "status": auth.session_status().map(|status| status.as_str().to_owned())}),
    )
}

async fn maybe(session: Option<SessionAuth>) -> String {
    session.map_or_else(|| "nobody".to_owned(), |session| session.user_id().to_string())
}

async fn session(session: SessionAuth) -> String {
    session.session_id().unwrap().to_string()
}

async fn user(user_id: UserId) -> String {
    user_id.into()
}

async fn reader(request: Request) -> Result<String, clerk_runtime::AuthNotRun> {
    get_auth(&request).map(|auth| {
        auth.user_id()
            .map_or_else(|| "nobody".to_owned(), ToString::to_string)
    })
}

async fn look(_: Auth, request: Request, next: Next) -> Response {
    next.run(request).await
}

/// Why nobody is signed in.
async fn why(auth: Auth) -> String {
    match auth {
        Auth::SignedOut(signed_out) => signed_out.reason().map_or_else(String::new, ToString::to_string),
        _ => "signed in".to_owned(),
    }
}

async fn shown(auth: Auth) -> String {
    match auth {
        Auth::Session(session) => format!("{} signed in", session.user_id()),
        auth => format!("{auth:?}"),
    }
}

fn app(clerk: Clerk) -> Router {
    Router::new()
        .route("/shown", get(shown))
        .route("/looked-at", get(reader))
        .layer(from_fn_with_state(clerk.clone(), look))
        .route("/anyone", get(anyone))
        .route("/maybe", get(maybe))
        .route("/session", get(session))
        .route("/user", get(user))
        .route("/not-looked-at", get(reader))
        .with_state(clerk)
}

#[tokio::test]
async fn absent_is_nobody_and_invalid_is_a_rejection() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(instance.clerk());
    let ada = instance.user("ada");
    let expired = instance.user("ada").expired().bearer();

    for path in ["/session", "/user"] {
        get_path(&app, path, None)
            .await
            .assert_not_authenticated("Bearer");
    }
    for path in ["/session", "/user", "/maybe"] {
        get_path(&app, path, Some(&expired))
            .await
            .assert_not_authenticated(r#"Bearer error="invalid_token""#);
    }
    assert_eq!(get_path(&app, "/maybe", None).await.body, "nobody");
    assert_eq!(
        get_path(&app, "/maybe", Some(&ada.bearer())).await.body,
        ada.user_id()
    );
    assert_eq!(
        get_path(&app, "/session", Some(&ada.bearer())).await.body,
        ada.session_id()
    );
    assert_eq!(
        get_path(&app, "/user", Some(&ada.bearer())).await.body,
        ada.user_id()
    );
}

#[tokio::test]
async fn auth_answers_as_get_auth_does() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(instance.clerk());
    let body = |text: String| serde_json::from_str::<Value>(&text).unwrap();
    let nobody = json!({"user": null, "status": null});
    assert_eq!(body(get_path(&app, "/anyone", None).await.body), nobody);
    assert_eq!(
        body(get_path(&app, "/anyone", Some("Bearer x")).await.body),
        nobody
    );
    let pending = instance.user("ada").pending().bearer();
    assert_eq!(
        body(get_path(&app, "/anyone", Some(&pending)).await.body),
        json!({"user": null, "status": "pending"})
    );
    assert_eq!(get_path(&app, "/maybe", Some(&pending)).await.body, "nobody");
}

#[tokio::test]
async fn get_auth_reads_what_a_layer_has_looked_at() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(instance.clerk());
    let ada = instance.user("ada");
    assert_eq!(
        get_path(&app, "/looked-at", Some(&ada.bearer())).await.body,
        ada.user_id()
    );
    let (token, user) = (ada.token(), ada.user_id());
    for (authorization, expected) in [
        (None, "nobody"),
        (Some("Bearer garbage".to_owned()), "nobody"),
        (Some(format!("bearer {token}")), &*user),
        (Some(format!("Bearer {token} ")), &*user),
        (Some(format!(" Bearer {token}")), &*user),
    ] {
        let answer = get_path(&app, "/looked-at", authorization.as_deref()).await;
        assert_eq!(answer.body, expected, "{authorization:?}");
    }
    let unseen = get_path(&app, "/not-looked-at", Some(&ada.bearer())).await;
    assert_eq!(unseen.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn every_session_field_comes_from_the_token() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let token = instance
        .user("ada")
        .org("acme")
        .role("org:admin")
        .permissions(["org:invoices:read", "org:invoices:write"])
        .fva(3, -1)
        .actor("user_support")
        .claim("plan", "pro");
    // Once: another one may be of another second.
    let minted = token.token();
    let (mut parts, ()) = http::Request::new(()).into_parts();
    parts
        .headers
        .insert("authorization", format!("Bearer {minted}").parse().unwrap());
    let auth = clerk.authenticate(&parts).await.unwrap().to_auth();
    assert_eq!(auth.user_id().unwrap(), token.user_id().as_str());
    assert_eq!(auth.session_id().unwrap(), token.session_id().as_str());
    assert_eq!(auth.org_id().unwrap(), token.org_id().unwrap().as_str());
    assert_eq!(auth.org_role(), Some("org:admin"));
    assert_eq!(auth.org_slug(), Some("acme"));
    assert_eq!(
        auth.org_permissions().unwrap(),
        ["org:invoices:read", "org:invoices:write"]
    );
    assert_eq!(
        auth.session_status().map(|status| status.as_str()),
        Some("active")
    );
    let age = auth.factor_verification_age().unwrap();
    assert_eq!((age.first, age.second), (3.0, -1.0));
    assert_eq!(auth.actor().unwrap().sub(), Some("user_support"));
    let claims: Value = auth.session_claims().unwrap().unwrap();
    assert_eq!(claims["plan"], "pro");
    assert_eq!(auth.get_token().await.unwrap(), Some(minted));
}

#[tokio::test]
async fn get_token_mints_by_template_and_lifetime() {
    let instance = LocalInstance::start().await.unwrap();
    instance.jwt_template("supabase", json!({"role": "authenticated"}));
    let clerk = instance.clerk();
    let (mut parts, ()) = http::Request::new(()).into_parts();
    let signed_out = clerk.authenticate(&parts).await.unwrap().to_auth();
    assert_eq!(signed_out.get_token().template("supabase").await.unwrap(), None);

    parts
        .headers
        .insert("authorization", instance.user("ada").bearer().parse().unwrap());
    let auth = clerk.authenticate(&parts).await.unwrap().to_auth();
    let minted = auth
        .get_token()
        .template("supabase")
        .expires_in(120)
        .await
        .unwrap()
        .unwrap();
    let claims: Value = clerk.verify_token(&minted).await.unwrap().claims().unwrap();
    assert_eq!(claims["role"], "authenticated");
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        120
    );

    let missing = auth.get_token().template("missing").await.unwrap_err();
    assert!(missing.to_string().contains("resource_not_found"), "{missing}");
    let climbing = auth.get_token().template("../../users").await.unwrap_err();
    assert!(climbing.to_string().contains("template_name"), "{climbing}");
}

/// What becomes of a request that says nothing is remembered, and must not become what others come to.
#[tokio::test]
async fn requests_that_say_nothing_are_told_from_those_that_say_something() {
    let builder = LocalInstance::builder()
        .production("app.localhost")
        .satellite("shop.localhost");
    let instance = builder.start().await.unwrap();
    let development = LocalInstance::start().await.unwrap();
    let satellite = instance.satellite_clerk_builder("shop.localhost");
    let nothing: &[(&str, &str)] = &[];
    let navigates: &[_] = &[("sec-fetch-dest", "document")];
    let changed: &[_] = &[("cookie", "__client_uat=1")];
    let garbage: &[_] = &[("authorization", "Bearer garbage")];
    let nobody = "session-token-and-uat-missing";
    let unknown = "dev-browser-missing";
    let changed_reason = "client-uat-but-no-session-token";
    let invalid = "token-invalid";
    let handed = "/why?__clerk_handshake=x";
    for (clerk, requests) in [
        (
            instance.clerk(),
            [
                ("/why", nothing, nobody),
                ("/why", changed, changed_reason),
                ("/why", nothing, nobody),
                ("/why", garbage, invalid),
                ("/why", navigates, nobody),
                (handed, nothing, "session-token-missing"),
                ("/why", nothing, nobody),
            ],
        ),
        (
            development.clerk(),
            [
                ("/why", nothing, unknown),
                ("/why", changed, unknown),
                ("/why?__clerk_db_jwt=dvb_1", nothing, "dev-browser-sync"),
                ("/why", garbage, invalid),
                ("/why", navigates, unknown),
                ("/why", nothing, unknown),
                ("/why?page=2", nothing, unknown),
            ],
        ),
        (
            satellite.satellite_auto_sync(true).build().unwrap(),
            [
                ("/why", nothing, nobody),
                ("/why", navigates, "satellite-needs-syncing"),
                ("/why", nothing, nobody),
                ("/why?__clerk_synced=true", navigates, nobody),
                ("/why", navigates, "satellite-needs-syncing"),
                ("/why", changed, changed_reason),
                ("/why", garbage, invalid),
            ],
        ),
    ] {
        let app: Router = Router::new().route("/why", get(why)).with_state(clerk);
        for (path, headers, expected) in requests {
            let mut request = Request::get(path);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let answer = call(&app, request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.body, expected, "{path} {headers:?}");
        }
    }
}

/// So must what becomes of a header that holds no token. Neither the first such request nor any later one may differ from
/// what a handle makes of it that has seen nothing.
#[tokio::test]
async fn headers_without_a_token_come_to_what_each_would_alone() {
    let instance = LocalInstance::start().await.unwrap();
    let good = instance.user("ada").token();
    let part = |json: &str| BASE64_URL_SAFE_NO_PAD.encode(json);
    let headers = [
        "Bearer".to_owned(),
        "Bearer not.a.token".to_owned(),
        "Bearer two.parts".to_owned(),
        "Bearer x x".to_owned(),
        "bearer x x".to_owned(),
        "not.a.token".to_owned(),
        "Basic dXNlcjpwYXNz".to_owned(),
        "Bearer ak_1".to_owned(),
        format!("Bearer {}", "x".repeat(17 << 10)),
        format!("Bearer {}=.{}.", part("{}"), part("{}")),
        format!("Bearer {}.{}.", part("null"), part("{}")),
        format!("Bearer {}.{}.", part(r#"{"alg":"none"}"#), part("{}")),
        format!("Bearer {}.{}.", part(r#"{"alg":"RS256"}"#), part("null")),
        format!("Bearer {}.{}.AA", part(r#"{"alg":"RS256"}"#), part("{}")),
        format!("Bearer {good}"),
        format!("Bearer {good}x"),
    ];
    let shared = app(instance.clerk());
    let mut reasons = BTreeSet::new();
    for _ in 0..2 {
        for header in &headers {
            for cookie in [None, Some("a=b"), Some("__client_uat=1; __clerk_db_jwt=dvb_1")] {
                let request = || {
                    let mut request = Request::get("/shown").header("authorization", header);
                    if let Some(cookie) = cookie {
                        request = request.header("cookie", cookie);
                    }
                    request.body(Body::empty()).unwrap()
                };
                let alone = call(&app(instance.clerk()), request()).await;
                assert_eq!(call(&shared, request()).await.body, alone.body, "{header}");
                reasons.insert(alone.body);
            }
        }
    }
    // Each with the rule that it goes by.
    assert_eq!(reasons.len(), 10, "{reasons:#?}");
}
