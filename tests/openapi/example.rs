//! `examples/openapi`: what its document says, and that the routes do it.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use clerk_testing::LocalInstance;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;
use utoipa::openapi::OpenApi;

use crate::support::{keys, operation, session, shown, statuses};

#[path = "../../examples/openapi/api.rs"]
mod api;

use api::Perm;

pub(crate) fn document() -> OpenApi {
    api::routes().1
}

#[test]
fn every_operation_says_who_may_call_it() {
    let api = document();
    let key = json!([{ "clerk_api_key": ["invoices:read"] }]);
    for (method, path, security, access) in [
        ("get", "/health", json!([]), "public"),
        ("get", "/me", session(), "signed in"),
        ("get", "/invoices", session(), "`permission org:invoices:read`"),
        ("post", "/invoices", session(), "`permission org:invoices:create`"),
        (
            "get",
            "/invoices/{id}",
            session(),
            "`permission org:invoices:read`",
        ),
        ("get", "/export", key, "`scope invoices:read` with `api_key`"),
    ] {
        let operation = operation(&api, method, path);
        assert_eq!(operation["security"], security, "{method} {path}");
        assert_eq!(operation["description"], format!("Access: {access}."));
        let expected: &[&str] = match (method, path) {
            ("get", "/health") => &["200"],
            ("post", _) => &["201", "401", "403", "503"],
            _ => &["200", "401", "403", "503"],
        };
        assert_eq!(statuses(&operation), expected, "{method} {path}");
    }
    assert_eq!(
        operation(&api, "post", "/invoices")["responses"]["403"],
        json!({ "description": "Only those who may send invoices" })
    );
}

#[test]
fn only_the_schemes_that_are_used_are_defined() {
    let components = shown(&document())["components"].take();
    assert_eq!(
        keys(&components["securitySchemes"]),
        ["clerk_api_key", "clerk_session_cookie", "clerk_session_token"]
    );
    let bearer = &components["securitySchemes"]["clerk_session_token"];
    assert_eq!(
        (&bearer["type"], &bearer["scheme"], &bearer["bearerFormat"]),
        (&json!("http"), &json!("bearer"), &json!("JWT"))
    );
    let cookie = &components["securitySchemes"]["clerk_session_cookie"];
    assert_eq!(
        (&cookie["type"], &cookie["in"], &cookie["name"]),
        (&json!("apiKey"), &json!("cookie"), &json!("__session"))
    );
    assert_eq!(
        keys(&components["schemas"]),
        ["ClerkRejection", "Invoice", "NewInvoice"]
    );
}

/// Every answer of a guard is one that the document announces, with such a body.
#[tokio::test]
async fn the_routes_answer_what_the_document_says() {
    let instance = LocalInstance::start().await.unwrap();
    let bob = instance
        .user("bob")
        .org("acme")
        .permissions([Perm::InvoicesRead.0])
        .bearer();
    let key = instance.api_key("bob");
    let useless = key.bearer();
    let good = instance.api_key("bob").scopes(["invoices:read"]).bearer();
    let app = api::application(instance.clerk());
    let api = document();
    for (method, path, bearer, status) in [
        ("get", "/health", None, 200),
        ("get", "/me", None, 401),
        ("get", "/me", Some(&bob), 200),
        ("get", "/me", Some(&good), 401),
        ("get", "/invoices", None, 401),
        ("get", "/invoices", Some(&bob), 200),
        ("post", "/invoices", Some(&bob), 403),
        ("get", "/invoices/{id}", Some(&bob), 200),
        ("get", "/export", Some(&bob), 401),
        ("get", "/export", Some(&useless), 403),
        ("get", "/export", Some(&good), 200),
    ] {
        let mut request = Request::builder()
            .method(method.to_uppercase().as_str())
            .uri(path.replace("{id}", "7"));
        if let Some(bearer) = bearer {
            request = request.header("Authorization", bearer);
        }
        let response = app
            .clone()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(response.status(), status, "{method} {path}");
        let announced = operation(&api, method, path)["responses"][status.to_string()].take();
        assert!(announced.is_object(), "{method} {path} {status}");
        for header in announced["headers"]
            .as_object()
            .into_iter()
            .flat_map(|all| all.keys())
        {
            assert!(
                response.headers().contains_key(header),
                "{method} {path} {header}"
            );
        }
        let example = &announced["content"]["application/json"]["example"];
        if !example.is_null() {
            let body = response.into_body().collect().await.unwrap().to_bytes();
            assert_eq!(serde_json::from_slice::<Value>(&body).unwrap(), *example);
        }
    }
    let served = app
        .oneshot(Request::get("/openapi.json").body(Body::empty()).unwrap())
        .await
        .unwrap();
    assert_eq!(served.status(), StatusCode::OK);
    let served = served.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(serde_json::from_slice::<Value>(&served).unwrap(), shown(&api));
}
