//! Every slot, in every type and by every way to choose it.

use axum::extract::Path;
use clerk_runtime::{Auth, Claims, OrgId, SessionAuth, SessionId, UserId, protected};
use http::StatusCode;
use serde::Deserialize;

use crate::support::World;

#[derive(Debug, Clone, Deserialize)]
struct Email {
    email: String,
}

#[protected]
async fn nothing() -> &'static str {
    "ok"
}

#[protected]
async fn user_owned(user_id: UserId) -> String {
    user_id.to_string()
}

#[protected]
async fn user_borrowed(user_id: &UserId) -> String {
    tokio::task::yield_now().await;
    user_id.to_string()
}

#[protected]
async fn user_string(user_id: String) -> String {
    user_id
}

#[protected]
async fn user_str(user_id: &str) -> String {
    user_id.to_owned()
}

#[protected]
async fn user_qualified(user_id: ::clerk_runtime::UserId) -> String {
    user_id.into()
}

#[protected]
async fn user_underscored(_user_id: UserId) -> String {
    _user_id.into()
}

#[protected]
async fn user_mutable(mut user_id: String) -> String {
    user_id.push('!');
    user_id
}

#[protected]
async fn user_mutable_reference(mut user_id: &str) -> String {
    user_id = &user_id[..5];
    user_id.to_owned()
}

#[protected]
async fn user_by_type(me: UserId) -> String {
    me.into()
}

#[protected]
async fn user_by_attribute(#[auth(user_id)] me: String) -> String {
    me
}

#[protected]
async fn user_ignored(_: UserId) -> &'static str {
    "ok"
}

#[protected]
async fn user_borrowed_and_ignored(_: &UserId) -> &'static str {
    "ok"
}

#[protected]
async fn user_extracted(#[extract] user_id: UserId) -> String {
    user_id.into()
}

#[protected]
async fn user_in_the_path(Path(user_id): Path<String>) -> String {
    user_id
}

#[protected]
async fn user_from_the_body(#[extract] user_id: String) -> String {
    user_id
}

#[tokio::test]
async fn user_id() {
    let world = World::new().await;
    let ada = world.user_id();
    let ok = |body: &str| (StatusCode::OK, body.to_owned());
    assert_eq!(world.call(nothing).await, ok("ok"));
    assert_eq!(world.call(user_owned).await, ok(&ada));
    assert_eq!(world.call(user_borrowed).await, ok(&ada));
    assert_eq!(world.call(user_string).await, ok(&ada));
    assert_eq!(world.call(user_str).await, ok(&ada));
    assert_eq!(world.call(user_qualified).await, ok(&ada));
    assert_eq!(world.call(user_underscored).await, ok(&ada));
    assert_eq!(world.call(user_mutable).await, ok(&format!("{ada}!")));
    assert_eq!(world.call(user_mutable_reference).await, ok("user_"));
    assert_eq!(world.call(user_by_type).await, ok(&ada));
    assert_eq!(world.call(user_by_attribute).await, ok(&ada));
    assert_eq!(world.call(user_ignored).await, ok("ok"));
    assert_eq!(world.call(user_borrowed_and_ignored).await, ok("ok"));
    assert_eq!(world.call(user_extracted).await, ok(&ada));
    assert_eq!(world.call(user_in_the_path).await, ok("7"));
    assert_eq!(world.call(user_from_the_body).await, ok("text"));
}

#[protected]
async fn session_owned(session_id: SessionId) -> String {
    session_id.into()
}

#[protected]
async fn session_borrowed(session: &SessionId) -> String {
    session.to_string()
}

#[protected]
async fn session_str(session_id: &str) -> String {
    session_id.to_owned()
}

#[protected]
async fn session_optional(session_id: Option<SessionId>) -> String {
    session_id.unwrap().into()
}

#[protected]
async fn session_optional_string(session_id: Option<String>) -> String {
    session_id.unwrap()
}

#[tokio::test]
async fn session_id() {
    let world = World::new().await;
    let (status, session) = world.call(session_owned).await;
    assert_eq!(status, StatusCode::OK);
    assert!(session.starts_with("sess_"), "{session}");
    assert_eq!(world.call(session_borrowed).await.1, session);
    assert_eq!(world.call(session_str).await.1, session);
    assert_eq!(world.call(session_optional).await.1, session);
    assert_eq!(world.call(session_optional_string).await.1, session);
}

#[protected]
async fn org_owned(org_id: OrgId) -> String {
    org_id.into()
}

#[protected]
async fn org_borrowed(org_id: &OrgId) -> String {
    org_id.to_string()
}

#[protected]
async fn org_string(#[auth(org_id)] tenant: String) -> String {
    tenant
}

#[protected]
async fn org_str(org_id: &str) -> String {
    org_id.to_owned()
}

#[protected]
async fn org_optional(organization: Option<OrgId>) -> String {
    organization.map_or("none".into(), String::from)
}

#[protected]
async fn org_optional_borrowed(org_id: &Option<OrgId>) -> String {
    org_id.as_deref().unwrap_or("none").to_owned()
}

#[tokio::test]
async fn org_id() {
    let world = World::new().await;
    let (status, org) = world.call(org_owned).await;
    assert_eq!(status, StatusCode::OK);
    assert!(org.starts_with("org_"), "{org}");
    assert_eq!(world.call(org_borrowed).await.1, org);
    assert_eq!(world.call(org_string).await.1, org);
    assert_eq!(world.call(org_str).await.1, org);
    assert_eq!(world.call(org_optional).await.1, org);
    assert_eq!(world.call(org_optional_borrowed).await.1, org);

    let alone = world.instance.user("grace").bearer();
    let forbidden = (StatusCode::FORBIDDEN, r#"{"error":"Not authorized"}"#.to_owned());
    assert_eq!(world.call_as(Some(&alone), org_owned).await, forbidden);
    assert_eq!(world.call_as(Some(&alone), org_str).await, forbidden);
    assert_eq!(world.call_as(Some(&alone), org_optional).await.1, "none");
    assert_eq!(world.call_as(Some(&alone), org_optional_borrowed).await.1, "none");
}

#[protected]
async fn auth_owned(auth: Auth) -> String {
    auth.user_id().unwrap().to_string()
}

#[protected]
async fn auth_borrowed(auth: &Auth) -> String {
    auth.user_id().unwrap().to_string()
}

#[protected]
async fn session_auth(auth: SessionAuth) -> String {
    auth.user_id().to_string()
}

#[protected]
async fn session_auth_borrowed(me: &SessionAuth) -> String {
    me.user_id().to_string()
}

#[tokio::test]
async fn auth() {
    let world = World::new().await;
    let ada = world.user_id();
    assert_eq!(world.call(auth_owned).await.1, ada);
    assert_eq!(world.call(auth_borrowed).await.1, ada);
    assert_eq!(world.call(session_auth).await.1, ada);
    assert_eq!(world.call(session_auth_borrowed).await.1, ada);
}

type EmailClaims = Claims<Email>;

#[protected]
async fn claims_owned(claims: Claims<Email>) -> String {
    claims.0.email
}

#[protected]
async fn claims_borrowed(claims: &Claims<Email>) -> String {
    claims.0.email.clone()
}

#[protected]
async fn claims_destructured(Claims(Email { email }): Claims<Email>) -> String {
    email
}

#[protected]
async fn claims_by_alias(#[auth(claims)] claims: EmailClaims) -> String {
    claims.0.email
}

#[tokio::test]
async fn claims() {
    let world = World::new().await;
    assert_eq!(world.call(claims_owned).await.1, "ada@example.com");
    assert_eq!(world.call(claims_borrowed).await.1, "ada@example.com");
    assert_eq!(world.call(claims_destructured).await.1, "ada@example.com");
    assert_eq!(world.call(claims_by_alias).await.1, "ada@example.com");

    let without_email = world.instance.user("grace").bearer();
    let (status, _) = world.call_as(Some(&without_email), claims_owned).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[protected]
async fn all_at_once(
    user_id: UserId,
    session_id: &str,
    Path(id): Path<u64>,
    org_id: Option<OrgId>,
    auth: &SessionAuth,
    Claims(Email { email }): Claims<Email>,
    body: String,
) -> String {
    assert_eq!(auth.user_id(), &user_id);
    assert_eq!(auth.session_id().unwrap(), session_id);
    assert_eq!(auth.org_id(), org_id.as_ref());
    format!("{id} {email} {body}")
}

#[tokio::test]
async fn slots_stand_anywhere_among_extractors() {
    let world = World::new().await;
    assert_eq!(
        world.call(all_at_once).await,
        (StatusCode::OK, "7 ada@example.com text".into())
    );
}
