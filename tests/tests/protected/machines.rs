//! Handlers for machines, and for browsers.

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use clerk_runtime::{Auth, MachineAuth, OrgId, SessionId, UserId, protected};
use clerk_testing::LocalInstance;
use http::request::Builder;
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;

#[protected(token = "api_key", scope = "invoices:read", scope = "invoices:list")]
async fn invoices(machine: MachineAuth, user_id: Option<UserId>, org_id: Option<OrgId>) -> String {
    let owner = user_id.as_deref().or(org_id.as_deref()).unwrap_or("-");
    format!("{} {owner}", machine.scopes().join(" "))
}

#[protected(token = "m2m_token")]
async fn worker(#[auth(machine)] caller: &MachineAuth) -> String {
    caller.machine_id().unwrap_or("-").to_owned()
}

#[protected(token = any("session_token", "oauth_token"))]
async fn profile(user_id: &str, session_id: Option<SessionId>, machine: Option<MachineAuth>) -> String {
    format!("{user_id} {} {}", session_id.is_some(), machine.is_some())
}

#[protected(token = "any")]
async fn anybody(auth: &Auth) -> String {
    auth.token_type()
        .map_or("-", |token_type| token_type.as_str())
        .to_owned()
}

#[protected(redirect_to_sign_in)]
async fn page(user_id: UserId) -> String {
    user_id.into()
}

fn app(instance: &LocalInstance) -> Router {
    Router::new()
        .route("/invoices", get(invoices))
        .route("/worker", get(worker))
        .route("/profile", get(profile))
        .route("/anybody", get(anybody))
        .route("/page", get(page))
        .with_state(instance.clerk())
}

async fn send(app: &Router, request: Builder) -> (StatusCode, String) {
    let response = app
        .clone()
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

async fn with_token(app: &Router, path: &str, token: &str) -> (StatusCode, String) {
    send(
        app,
        Request::get(path).header("authorization", format!("Bearer {token}")),
    )
    .await
}

#[tokio::test]
async fn machines_are_parameters() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    let ada = instance.user("ada");
    let scopes = ["invoices:read", "invoices:list"];
    let key = instance.api_key("ada").scopes(scopes).secret();
    let reply = with_token(&app, "/invoices", &key).await;
    assert_eq!(reply.1, format!("invoices:read invoices:list {}", ada.user_id()));
    let key = instance.api_key_of_org("acme").scopes(scopes).secret();
    let reply = with_token(&app, "/invoices", &key).await;
    assert_eq!(
        reply.1,
        format!(
            "invoices:read invoices:list {}",
            instance.organization("acme").id()
        )
    );
    let reply = with_token(
        &app,
        "/invoices",
        &instance.api_key("ada").scopes(["invoices:read"]).secret(),
    )
    .await;
    assert_eq!(reply.0, StatusCode::FORBIDDEN);

    let machine = instance.machine("worker");
    for token in [machine.m2m_token(), machine.m2m_jwt()] {
        assert_eq!(with_token(&app, "/worker", &token).await.1, machine.id());
    }

    let oauth = instance.oauth_token("ada").token();
    let reply = with_token(&app, "/profile", &oauth).await;
    assert_eq!(reply.1, format!("{} false true", ada.user_id()));
    let reply = with_token(&app, "/profile", &ada.token()).await;
    assert_eq!(reply.1, format!("{} true false", ada.user_id()));

    for (token, token_type) in [
        (ada.token(), "session_token"),
        (oauth, "oauth_token"),
        (key, "api_key"),
    ] {
        assert_eq!(with_token(&app, "/anybody", &token).await.1, token_type);
    }
}

#[tokio::test]
async fn browsers_are_sent_to_sign_in_and_others_told() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    let reply = send(&app, Request::get("/page").header("sec-fetch-dest", "document")).await;
    assert_eq!(reply.0, StatusCode::TEMPORARY_REDIRECT);
    let reply = send(&app, Request::get("/page").header("accept", "application/json")).await;
    assert_eq!(
        (reply.0, reply.1.as_str()),
        (StatusCode::UNAUTHORIZED, r#"{"error":"Not authenticated"}"#)
    );
}
