//! Mistakes in what a client sends.

use clerk_testing::LocalInstance;

use crate::scene::tell;

#[tokio::test]
async fn form_of_the_header_tells_the_mistake() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let token = instance.user("ada").token();
    let bearer = |text: &str| format!("Bearer {text}");
    for (header, cause, fix) in [
        (
            token.clone(),
            "the scheme `Bearer` is missing",
            "write `Bearer` and one space",
        ),
        (
            bearer(&format!("\"{token}\"")),
            "the token is in quotes",
            "without quotes",
        ),
        (
            bearer("undefined"),
            "`undefined` was sent",
            "until Clerk is loaded",
        ),
        (bearer("null"), "`null` was sent", "until Clerk is loaded"),
        (
            bearer(&instance.user("ada").user_id()),
            "an id was sent",
            "`await getToken()`",
        ),
        (
            bearer(&instance.user("ada").session_id()),
            "an id was sent",
            "`await getToken()`",
        ),
        (
            bearer("[object Promise]"),
            "`[object Promise]` was sent",
            "write `await`",
        ),
        (
            bearer(&format!("Bearer {token}")),
            "`Bearer` is there twice",
            "write `Bearer` once",
        ),
        (
            bearer(&format!(" {token}")),
            "more than one space",
            "exactly one space",
        ),
        (
            bearer(&format!("{token} {token}")),
            "two tokens after `Bearer`",
            "send one token",
        ),
        (
            bearer(instance.secret_key()),
            "a secret key was sent",
            "rotate the key",
        ),
        (
            bearer(&instance.publishable_key()),
            "the publishable key was sent",
            "`await getToken()`",
        ),
        (bearer(&token[..40]), "cut off or damaged", "the whole token"),
        (
            bearer("ak_123"),
            "the token is an API key",
            "any(\"session_token\", \"api_key\")",
        ),
        (
            bearer("mt_123"),
            "the token is a machine's",
            "any(\"session_token\", \"m2m_token\")",
        ),
        (
            bearer("oat_123"),
            "the token is an OAuth access token",
            "any(\"session_token\", \"oauth_token\")",
        ),
    ] {
        let told = tell(&clerk, "/me", &[("authorization", &header)]).await;
        told.assert_told(401, "token-invalid", cause, fix);
        assert!(told.usual[0].starts_with(" INFO"), "{told:#?}");
    }
}

#[tokio::test]
async fn missing_credential_is_told_from_a_gateways() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let told = tell(&clerk, "/me", &[]).await;
    told.assert_told(
        401,
        "dev-browser-missing",
        "neither a token nor a session cookie",
        "`await getToken()`",
    );
    assert_eq!(told.usual, [""; 0], "a visitor without credentials is no news");
    let told = tell(&clerk, "/me", &[("authorization", "Basic dXNlcjpwYXNz")]).await;
    told.assert_told(
        401,
        "dev-browser-missing",
        "another scheme than `Bearer`",
        "if a gateway in front",
    );
    let cookie = format!("__session={}", instance.user("ada").token());
    let told = tell(&clerk, "/me", &[("cookie", &cookie)]).await;
    told.assert_told(
        401,
        "dev-browser-missing",
        "are missing beside the session cookie",
        "has to set these too",
    );
    let told = tell(
        &clerk,
        "/me",
        &[("cookie", "__session_AAAAAAAA=x; __client_uat_AAAAAAAA=1")],
    )
    .await;
    told.assert_told(
        401,
        "dev-browser-missing",
        "of another instance of Clerk",
        "share their cookies",
    );
}

#[tokio::test]
async fn token_of_another_class_is_named() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let template = instance.user("ada").header("cat", "cl_B7d4PD222AAA").bearer();
    let told = tell(&clerk, "/me", &[("authorization", &template)]).await;
    told.assert_told(
        401,
        "token-type-mismatch",
        "a JWT template made",
        "without `template`",
    );
    let session = instance.user("ada").bearer();
    let told = tell(&clerk, "/keys", &[("authorization", &session)]).await;
    told.assert_told(
        401,
        "token-type-mismatch",
        "the token is a session token",
        "send api_key",
    );
    let revoked = instance.api_key("ada").revoked().secret();
    let told = tell(
        &clerk,
        "/keys",
        &[("authorization", &format!("Bearer {revoked}"))],
    )
    .await;
    assert_eq!(told.status, 401);
    assert!(told.debug[0].contains("revoked"), "{told:#?}");
    assert!(told.explanation.starts_with("needs Clerk's answer"), "{told:#?}");
}

#[tokio::test]
async fn state_that_is_signed_in_and_refused_has_an_event() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let pending = instance.user("ada").pending().bearer();
    let told = tell(&clerk, "/me", &[("authorization", &pending)]).await;
    told.assert_told(401, "pending", "the session is pending", "finish the tasks");
}
