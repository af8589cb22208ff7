//! The embedded instance with the runtime and the Backend API client, as an application would use them together.

use std::time::Duration;

use clerk_client::Client;
use clerk_runtime::{Auth, AuthStatus, Clerk};
use clerk_testing::{Endpoint, Fault, LocalInstance, TokenBuilder};
use http::request::Parts;
use http::{Request, StatusCode, header};
use serde_json::{Value, json};

fn bearer(token: &str) -> Parts {
    request(header::AUTHORIZATION, &format!("Bearer {token}"))
}

fn request(name: header::HeaderName, value: &str) -> Parts {
    let request = Request::get("http://localhost:3000/api/me").header(header::HOST, "localhost:3000");
    request.header(name, value).body(()).unwrap().into_parts().0
}

async fn auth(clerk: &Clerk, token: &TokenBuilder) -> Auth {
    clerk
        .authenticate(&bearer(&token.token()))
        .await
        .unwrap()
        .to_auth()
}

/// Why a token is refused; panics if it is not.
async fn reason(clerk: &Clerk, token: &TokenBuilder) -> &'static str {
    clerk
        .verify_token(&token.token())
        .await
        .unwrap_err()
        .reason()
        .as_str()
}

fn client(instance: &LocalInstance) -> Client {
    Client::builder(instance.secret_key())
        .api_url(instance.url())
        .build()
        .unwrap()
}

#[tokio::test]
async fn both_versions_of_the_token_say_the_same() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let permissions = [
        "org:invoices:read",
        "org:invoices:write",
        "org:reports:read",
        "org:sys_memberships:manage",
    ];
    let ada = instance
        .user("ada")
        .org("acme")
        .role("admin")
        .permissions(permissions)
        .features(["u:themes"]);
    for ada in [ada.clone(), ada.v1()] {
        let auth = auth(&clerk, &ada).await;
        assert_eq!(auth.user_id().unwrap().to_string(), ada.user_id());
        assert_eq!(auth.session_id().unwrap().to_string(), ada.session_id());
        assert_eq!(auth.org_id().map(ToString::to_string), ada.org_id());
        assert_eq!(
            (auth.org_role(), auth.org_slug()),
            (Some("org:admin"), Some("acme"))
        );
        let mut found = auth.org_permissions().unwrap().to_vec();
        found.sort();
        assert_eq!(found, permissions[..3]);
    }
    assert_eq!(auth(&clerk, &instance.user("bob")).await.org_id(), None);
}

#[tokio::test]
async fn more_permissions_than_a_machine_word_has_bits() {
    let instance = LocalInstance::start().await.unwrap();
    let mut permissions: Vec<_> = (0..150).map(|number| format!("org:vault:p{number:03}")).collect();
    permissions.push("org:other:p149".to_owned());
    let auth = auth(
        &instance.clerk(),
        &instance.user("ada").org("acme").permissions(permissions.clone()),
    )
    .await;
    let mut found = auth.org_permissions().unwrap().to_vec();
    found.sort();
    permissions.sort();
    assert_eq!(found, permissions);
}

#[tokio::test]
async fn the_jwt_key_verifies_without_network() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance
        .clerk_builder()
        .jwt_key(instance.jwt_key())
        .build()
        .unwrap();
    assert!(auth(&clerk, &instance.user("ada")).await.is_authenticated());
    assert!(instance.requests().is_empty());
}

#[tokio::test]
async fn a_cookie_signs_in_like_a_header() {
    let instance = LocalInstance::start().await.unwrap();
    let ada = instance.user("ada");
    let state = instance
        .clerk()
        .authenticate(&request(header::COOKIE, &ada.cookie()))
        .await
        .unwrap();
    assert_eq!(state.status(), AuthStatus::SignedIn, "{:?}", state.reason());
    assert_eq!(state.to_auth().user_id().unwrap().to_string(), ada.user_id());
}

#[tokio::test]
async fn bad_tokens_are_refused_for_their_reason() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance
        .clerk_builder()
        .authorized_parties(["http://localhost:3000"])
        .build()
        .unwrap();
    let ada = instance.user("ada");
    assert!(auth(&clerk, &ada).await.is_authenticated());
    assert_eq!(reason(&clerk, &ada.clone().expired()).await, "token-expired");
    assert_eq!(
        reason(&clerk, &ada.clone().not_yet_valid()).await,
        "token-not-active-yet"
    );
    assert_eq!(
        reason(&clerk, &ada.clone().signed_by_other_key()).await,
        "token-invalid-signature"
    );
    assert_eq!(
        reason(&clerk, &ada.clone().azp("https://evil.test")).await,
        "token-invalid-authorized-parties"
    );
    assert_eq!(
        reason(&clerk, &ada.clone().without_claim("azp")).await,
        "token-invalid-authorized-parties"
    );
    assert_eq!(
        reason(&clerk, &ada.clone().header("alg", "none")).await,
        "token-invalid-algorithm"
    );
    assert_eq!(
        reason(&clerk, &ada.clone().header("kid", "ins_unknown")).await,
        "jwk-kid-mismatch"
    );
    assert!(
        !auth(&clerk, &ada.clone().issuer("https://other.clerk.accounts.dev"))
            .await
            .is_authenticated()
    );
    assert!(!auth(&clerk, &ada.clone().pending()).await.is_authenticated());
}

#[tokio::test]
async fn tokens_age_by_the_clock_of_the_instance() {
    let instance = LocalInstance::start().await.unwrap();
    instance.clock().freeze();
    instance.clock().set_unix_millis(1_767_225_600_000);
    let clerk = instance.clerk();
    let token = instance.user("ada").token();
    let signed_in = async || {
        clerk
            .authenticate(&bearer(&token))
            .await
            .unwrap()
            .to_auth()
            .is_authenticated()
    };
    assert!(signed_in().await);
    // 60 seconds and the 5 that clocks may differ by.
    instance.advance(Duration::from_millis(64_999));
    assert!(signed_in().await);
    instance.advance(Duration::from_millis(1));
    assert!(!signed_in().await);
}

#[tokio::test]
async fn keys_rotate_under_a_running_application() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let old = instance.user("ada").expires_in(3600);
    let old_token = old.token();
    let verified = async |token: &str| {
        clerk
            .authenticate(&bearer(token))
            .await
            .unwrap()
            .to_auth()
            .is_authenticated()
    };
    assert!(verified(&old_token).await);
    instance.advance(Duration::from_secs(30));
    instance.rotate_keys();
    assert!(verified(&old.token()).await);
    assert!(verified(&old_token).await);
    assert_eq!(instance.requests_to(Endpoint::Jwks), 2);

    instance.retire_old_keys();
    instance.advance(Duration::from_secs(600));
    tokio::time::timeout(Duration::from_secs(5), async {
        while verified(&old_token).await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .expect("a retired key stops verifying once the set was fetched anew");
}

#[tokio::test]
async fn a_handler_gets_tokens_for_others() {
    let instance = LocalInstance::start().await.unwrap();
    instance.jwt_template(
        "supabase",
        json!({ "aud": "db", "role": "authenticated", "mail": "{{user.primary_email_address}}" }),
    );
    let clerk = instance.clerk();
    let ada = instance.user("ada");
    let auth = auth(&clerk, &ada).await;

    let token = auth.get_token().template("supabase").await.unwrap().unwrap();
    let claims: Value = clerk.verify_token(&token).await.unwrap().claims().unwrap();
    assert_eq!(
        (&claims["aud"], &claims["mail"]),
        (&json!("db"), &json!("ada@example.com"))
    );
    // It is for others: as a session it is refused.
    let state = clerk.authenticate(&bearer(&token)).await.unwrap();
    assert_eq!(state.reason().unwrap().as_str(), "token-type-mismatch");

    let long = auth.get_token().expires_in(600).await.unwrap().unwrap();
    let claims: Value = clerk.verify_token(&long).await.unwrap().claims().unwrap();
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        600
    );

    let error = auth.get_token().template("unknown").await.unwrap_err();
    assert!(error.to_string().contains("404"), "{error}");
    let error = auth.get_token().expires_in(5).await.unwrap_err();
    assert!(error.to_string().contains("422"), "{error}");
}

#[tokio::test]
async fn users_come_by_the_backend_api() {
    let instance = LocalInstance::start().await.unwrap();
    let id = instance.user("ada").user_id();
    instance.update_user("ada", json!({ "public_metadata": { "plan": "pro" } }));
    let user = client(&instance).users().get_user(&id).await.unwrap();
    assert_eq!(
        (user.id.as_str(), user.username.as_deref()),
        (id.as_str(), Some("ada"))
    );
    assert_eq!(
        user.primary_email_address().unwrap().email_address,
        "ada@example.com"
    );
    assert_eq!(user.public_metadata["plan"], "pro");

    let error = client(&instance)
        .users()
        .get_user("user_nobody")
        .await
        .unwrap_err();
    assert_eq!(
        (error.status(), error.code()),
        (Some(StatusCode::NOT_FOUND), "resource_not_found")
    );
    assert_eq!(error.trace_id().map(str::len), Some(32));

    let stranger = Client::builder("sk_test_wrong")
        .api_url(instance.url())
        .build()
        .unwrap();
    let error = stranger.users().get_user(&id).await.unwrap_err();
    assert_eq!(
        (error.status(), error.code()),
        (Some(StatusCode::UNAUTHORIZED), "clerk_key_invalid")
    );
}

#[tokio::test]
async fn faults_reach_the_client_as_what_they_are() {
    let instance = LocalInstance::start().await.unwrap();
    let client = client(&instance);
    let jwks = async || client.jwks().get_jwks().await;
    assert_eq!(jwks().await.unwrap().keys.len(), 1);

    instance.fault(Endpoint::Jwks, Fault::StatusWithRetryAfter(429, 7));
    let error = jwks().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::TOO_MANY_REQUESTS));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    for fault in [
        Fault::Garbage,
        Fault::Truncated,
        Fault::Empty,
        Fault::Drop,
        Fault::Status(503),
    ] {
        instance.fault(Endpoint::Jwks, fault.clone());
        assert!(jwks().await.is_err(), "{fault:?}");
    }
    instance.clear_faults();
    assert!(jwks().await.is_ok());
}

#[tokio::test]
async fn an_outage_is_not_a_bad_token() {
    let instance = LocalInstance::start().await.unwrap();
    instance.fault(Endpoint::Jwks, Fault::Status(500));
    let clerk = instance.clerk();
    let state = clerk
        .authenticate(&bearer(&instance.user("ada").token()))
        .await
        .unwrap();
    assert_eq!(state.reason().unwrap().as_str(), "jwk-remote-failed-to-load");
    assert!(state.retry_after().is_some());

    instance.clear_faults();
    instance.advance(Duration::from_secs(60));
    assert!(auth(&clerk, &instance.user("ada")).await.is_authenticated());
}
