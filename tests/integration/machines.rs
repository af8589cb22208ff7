//! Machine tokens at guards.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use clerk_runtime::token::{AcceptsToken, TokenType};
use clerk_runtime::{Auth, Guard, Policy, ProtectedResource, Rejection, Requirement, SessionAuth};
use clerk_testing::{Endpoint, Fault, LocalInstance};
use http::StatusCode;

use crate::call::{Answer, get as get_path};

/// Takes the auth object, whatever its type.
macro_rules! policy {
    ($name:ident, $accepts:expr, $requirement:expr) => {
        struct $name(Auth);

        impl Policy for $name {
            const ACCEPTS: AcceptsToken = $accepts;
            const REQUIREMENT: Option<Requirement<'static>> = $requirement;

            fn inject(auth: &Auth) -> Result<Self, Rejection> {
                Ok(Self(auth.clone()))
            }
        }
    };
}

policy!(ApiKey, AcceptsToken::one(TokenType::ApiKey), None);
policy!(
    Reader,
    AcceptsToken::one(TokenType::ApiKey),
    Some(Requirement::scope("invoices:read"))
);
policy!(M2m, AcceptsToken::one(TokenType::M2mToken), None);
policy!(Oauth, AcceptsToken::one(TokenType::OauthToken), None);
policy!(Any, AcceptsToken::ANY, None);
policy!(
    SessionOrKey,
    AcceptsToken::list(&[TokenType::SessionToken, TokenType::ApiKey]),
    None
);

fn shown(auth: &Auth) -> String {
    let token_type = auth.token_type().map_or("-", TokenType::as_str);
    let subject = match auth {
        Auth::Machine(machine) => machine.subject().to_owned(),
        other => other.user_id().map_or_else(String::new, ToString::to_string),
    };
    format!("{token_type} {subject}")
}

fn app(instance: &LocalInstance) -> Router {
    Router::new()
        .route(
            "/session",
            get(|session: SessionAuth| async move { session.user_id().to_string() }),
        )
        .route(
            "/api-key",
            get(|guard: Guard<ApiKey>| async move { shown(&guard.value.0) }),
        )
        .route(
            "/reader",
            get(|guard: Guard<Reader>| async move { shown(&guard.value.0) }),
        )
        .route(
            "/m2m",
            get(|guard: Guard<M2m>| async move { shown(&guard.value.0) }),
        )
        .route(
            "/oauth",
            get(|guard: Guard<Oauth>| async move { shown(&guard.value.0) }),
        )
        .route(
            "/any",
            get(|guard: Guard<Any>| async move { shown(&guard.value.0) }),
        )
        .route(
            "/either",
            get(|guard: Guard<SessionOrKey>| async move { shown(&guard.value.0) }),
        )
        .route(
            ProtectedResource::PATH,
            get(|document: ProtectedResource| async move { document }),
        )
        .with_state(instance.clerk())
}

async fn bearer(app: &Router, path: &str, token: &str) -> Answer {
    get_path(app, path, Some(&format!("Bearer {token}"))).await
}

#[tokio::test]
async fn each_route_takes_the_tokens_that_it_accepts() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    let ada = instance.user("ada");
    let key = instance.api_key("ada").secret();
    let machine = instance.machine("worker");
    let (m2m, m2m_jwt) = (machine.m2m_token(), machine.m2m_jwt());
    let oauth = instance.oauth_token("ada");
    let (oat, oauth_jwt) = (oauth.token(), oauth.jwt());
    let session = ada.token();
    let user = ada.user_id();
    let machine = machine.id();
    for (token, accepted_at) in [
        (
            &session,
            &[
                ("/session", user.clone()),
                ("/any", format!("session_token {user}")),
                ("/either", format!("session_token {user}")),
            ][..],
        ),
        (
            &key,
            &[
                ("/api-key", format!("api_key {user}")),
                ("/any", format!("api_key {user}")),
                ("/either", format!("api_key {user}")),
            ],
        ),
        (
            &m2m,
            &[
                ("/m2m", format!("m2m_token {machine}")),
                ("/any", format!("m2m_token {machine}")),
            ],
        ),
        (
            &m2m_jwt,
            &[
                ("/m2m", format!("m2m_token {machine}")),
                ("/any", format!("m2m_token {machine}")),
            ],
        ),
        (
            &oat,
            &[
                ("/oauth", format!("oauth_token {user}")),
                ("/any", format!("oauth_token {user}")),
            ],
        ),
        (
            &oauth_jwt,
            &[
                ("/oauth", format!("oauth_token {user}")),
                ("/any", format!("oauth_token {user}")),
            ],
        ),
    ] {
        for path in ["/session", "/api-key", "/m2m", "/oauth", "/any", "/either"] {
            let answer = bearer(&app, path, token).await;
            match accepted_at.iter().find(|(accepted, _)| *accepted == path) {
                Some((_, body)) => {
                    assert_eq!((answer.status, &answer.body), (StatusCode::OK, body), "{path}")
                }
                None => assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path} {answer:?}"),
            }
        }
    }
    // A session's cookie is a session wherever sessions are accepted, and nothing elsewhere.
    for (path, status) in [("/either", 200), ("/any", 200), ("/api-key", 401)] {
        let request = http::Request::get(path).header("cookie", ada.cookie());
        let answer = crate::call::call(&app, request.body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn a_route_for_sessions_asks_nobody_about_machine_tokens() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    for token in ["ak_1", "mt_1", "oat_1"] {
        bearer(&app, "/session", token)
            .await
            .assert_not_authenticated(r#"Bearer error="invalid_token""#);
    }
    assert!(instance.requests().is_empty(), "{:?}", instance.requests());
}

#[tokio::test]
async fn what_was_revoked_or_is_over_or_unknown_is_refused() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    for (path, token) in [
        ("/api-key", instance.api_key("ada").revoked().secret()),
        ("/api-key", instance.api_key("ada").expired().secret()),
        ("/api-key", "ak_unknown".to_owned()),
        ("/m2m", instance.machine("worker").revoked().m2m_token()),
        ("/m2m", instance.machine("worker").expired().m2m_token()),
        ("/m2m", instance.machine("worker").expired().m2m_jwt()),
        ("/m2m", "mt_unknown".to_owned()),
        ("/oauth", instance.oauth_token("ada").revoked().token()),
        ("/oauth", instance.oauth_token("ada").expired().token()),
        ("/oauth", instance.oauth_token("ada").expired().jwt()),
        ("/oauth", "oat_unknown".to_owned()),
    ] {
        let answer = bearer(&app, path, &token).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path} {answer:?}");
    }
}

#[tokio::test]
async fn while_clerk_cannot_tell_it_is_503_and_asked_once_more() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    let key = instance.api_key("ada").secret();
    for fault in [
        Fault::Status(500),
        Fault::Drop,
        Fault::Garbage,
        Fault::Truncated,
        Fault::StatusWithRetryAfter(429, 7),
    ] {
        instance.fault(Endpoint::ApiKeys, fault.clone());
        let answer = bearer(&app, "/api-key", &key).await;
        assert_eq!(
            answer.status,
            StatusCode::SERVICE_UNAVAILABLE,
            "{fault:?} {answer:?}"
        );
        let wait = if matches!(fault, Fault::StatusWithRetryAfter(..)) {
            "7"
        } else {
            "5"
        };
        assert_eq!(answer.header("retry-after"), Some(wait), "{fault:?}");
    }
    instance.clear_faults();
    // Clerk has asked to wait for so long.
    instance.advance(Duration::from_secs(7));
    let before = instance.requests_to(Endpoint::ApiKeys);
    instance.fault_times(Endpoint::ApiKeys, Fault::Status(503), 1);
    assert_eq!(bearer(&app, "/api-key", &key).await.status, StatusCode::OK);
    assert_eq!(instance.requests_to(Endpoint::ApiKeys), before + 2);
}

#[tokio::test]
async fn scopes_are_required_and_named() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    let reader = instance
        .api_key("ada")
        .scopes(["other", "invoices:read"])
        .secret();
    assert_eq!(bearer(&app, "/reader", &reader).await.status, StatusCode::OK);
    for scopes in [&["other"][..], &[], &["invoices:rea"], &["invoices:read:x"]] {
        let key = instance.api_key("ada").scopes(scopes.iter().copied()).secret();
        let answer = bearer(&app, "/reader", &key).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{scopes:?}");
        assert_eq!(
            answer.header("www-authenticate"),
            Some(r#"Bearer error="insufficient_scope", scope="invoices:read""#)
        );
        assert_eq!(answer.body, r#"{"error":"Not authorized"}"#);
    }
}

#[tokio::test]
async fn oauth_clients_are_told_where_to_get_a_token() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance);
    let request = |path: &str| {
        let request = http::Request::get(path).header("host", "api.example:8443");
        request.body(axum::body::Body::empty()).unwrap()
    };
    let answer = crate::call::call(&app, request("/oauth")).await;
    answer.assert_not_authenticated(
        r#"Bearer resource_metadata="http://api.example:8443/.well-known/oauth-protected-resource""#,
    );
    let answer = bearer(&app, "/any", "oat_unknown").await;
    let challenge = answer.header("www-authenticate").unwrap();
    assert!(
        challenge.starts_with(r#"Bearer error="invalid_token", resource_metadata="#),
        "{challenge}"
    );

    let document = crate::call::call(&app, request(ProtectedResource::PATH)).await;
    assert_eq!(document.header("content-type"), Some("application/json"));
    let document: serde_json::Value = serde_json::from_str(&document.body).unwrap();
    assert_eq!(document["resource"], "http://api.example:8443");
    assert_eq!(
        document["authorization_servers"],
        serde_json::json!([instance.issuer()])
    );
}

#[tokio::test]
async fn a_machine_secret_key_is_enough_for_machines() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = clerk_runtime::Clerk::builder()
        .publishable_key(instance.publishable_key())
        .machine_secret_key(instance.machine_secret_key())
        .api_url(instance.url())
        .clock(instance.clock())
        .build()
        .unwrap();
    let app: Router = Router::new()
        .route(
            "/m2m",
            get(|guard: Guard<M2m>| async move { shown(&guard.value.0) }),
        )
        .route(
            "/session",
            get(|session: SessionAuth| async move { session.user_id().to_string() }),
        )
        .with_state(clerk);
    let token = instance.machine("worker").m2m_token();
    assert_eq!(bearer(&app, "/m2m", &token).await.status, StatusCode::OK);
    let answer = bearer(&app, "/session", &instance.user("ada").token()).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.body, r#"{"error":"Authentication is misconfigured"}"#);
}
