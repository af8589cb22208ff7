//! No lint speaks of what the attribute adds: each slot in each of its types, and the most parameters.
//!
//! Denies all of clippy's lints, but for those that the handlers would be warned of without the attribute.
#![deny(warnings, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
#![allow(
    clippy::blanket_clippy_restriction_lints,
    clippy::absolute_paths,
    clippy::implicit_return,
    clippy::let_underscore_untyped,
    clippy::min_ident_chars,
    clippy::just_underscores_and_digits,
    clippy::missing_docs_in_private_items,
    clippy::needless_pass_by_value,
    clippy::pattern_type_mismatch,
    clippy::arbitrary_source_item_ordering,
    clippy::significant_drop_tightening,
    clippy::single_call_fn,
    clippy::unused_async,
    clippy::unwrap_used,
    clippy::tests_outside_test_module,
    reason = "none of these is about what the attribute writes"
)]

use axum::Json;
use axum::extract::{Path, Query};
use clerk_runtime::{
    Auth, Claims, MachineAuth, OrgId, SessionAuth, SessionId, UserId, handlers, protected, public,
};
use http::{Extensions, HeaderMap, Method, StatusCode, Uri, Version};

use crate::support::World;

#[derive(serde::Deserialize)]
struct Mail {
    email: String,
}

#[derive(serde::Deserialize)]
struct Page {
    page: u32,
}

#[protected]
async fn user(user_id: UserId) -> String {
    user_id.into()
}

#[protected]
async fn user_lent(user_id: &UserId) -> String {
    user_id.to_string()
}

#[protected]
async fn user_text(mut user_id: String) -> String {
    user_id.push('!');
    user_id
}

#[protected]
async fn user_str(user_id: &str) -> String {
    user_id.to_owned()
}

#[protected]
async fn user_mutable(mut user_id: &str) -> String {
    user_id = user_id.trim();
    user_id.to_owned()
}

#[protected]
async fn user_unused(_user_id: UserId) {}

#[protected]
async fn user_lent_unused(_user_id: &UserId) {}

#[protected]
async fn user_str_unused(_user_id: &str) {}

#[protected]
async fn user_ignored(_: UserId) {}

#[protected]
async fn user_lent_ignored(_: &UserId) {}

#[protected]
async fn session(session_id: SessionId, org_id: OrgId) -> String {
    format!("{session_id}{org_id}")
}

#[protected]
async fn session_lent(session_id: &SessionId, org_id: &OrgId) -> String {
    format!("{session_id}{org_id}")
}

#[protected]
async fn session_text(session_id: String, org_id: String) -> String {
    format!("{session_id}{org_id}")
}

#[protected]
async fn session_str(session_id: &str, org_id: &str) -> String {
    format!("{session_id}{org_id}")
}

#[protected]
async fn session_option(session_id: Option<SessionId>, org_id: Option<OrgId>) -> String {
    format!("{session_id:?}{org_id:?}")
}

#[protected]
async fn session_option_text(session_id: Option<String>, org_id: Option<String>) -> String {
    format!("{session_id:?}{org_id:?}")
}

#[protected(token = any("session_token", "api_key"))]
async fn anybody(user_id: Option<UserId>, machine: Option<MachineAuth>) -> String {
    format!("{user_id:?}{machine:?}")
}

#[protected(token = any("session_token", "api_key"))]
async fn anybody_text(user_id: Option<String>, session_id: Option<SessionId>) -> String {
    format!("{user_id:?}{session_id:?}")
}

#[protected]
async fn auth(auth: Auth) -> String {
    format!("{:?}", auth.user_id())
}

#[protected]
async fn auth_lent(auth: &Auth) -> String {
    format!("{:?}", auth.user_id())
}

#[protected]
async fn session_auth(auth: SessionAuth, claims: Claims<Mail>) -> String {
    format!("{}{}", auth.user_id(), claims.0.email)
}

#[protected]
async fn session_auth_lent(auth: &SessionAuth, claims: &Claims<Mail>) -> String {
    format!("{}{}", auth.user_id(), claims.0.email)
}

#[protected]
async fn claims_taken_apart(Claims(mail): Claims<Mail>) -> String {
    mail.email
}

#[protected]
async fn claims_lent_apart(Claims(mail): &Claims<Mail>) -> String {
    mail.email.clone()
}

#[protected(token = "api_key")]
async fn machine(machine: MachineAuth) -> String {
    machine.subject().to_owned()
}

#[protected(token = "api_key")]
async fn machine_lent(machine: &MachineAuth) -> String {
    machine.subject().to_owned()
}

/// As many as clippy lets pass, to which the attribute adds one.
#[protected(redirect_to_sign_in, state = clerk_runtime::Clerk)]
async fn seven(
    method: Method,
    uri: Uri,
    version: Version,
    headers: HeaderMap,
    _extensions: Extensions,
    Path(id): Path<u32>,
    Query(page): Query<Page>,
) -> String {
    format!("{method}{uri}{version:?}{}{id}{}", headers.len(), page.page)
}

/// The same.
#[public]
async fn seven_open(
    method: Method,
    uri: Uri,
    version: Version,
    headers: HeaderMap,
    Path(id): Path<u32>,
    Query(page): Query<Page>,
    body: String,
) -> String {
    format!("{method}{uri}{version:?}{}{id}{}{body}", headers.len(), page.page)
}

/// The most that there can be.
#[expect(clippy::too_many_arguments, reason = "they are as many without the attribute")]
#[protected]
async fn most(
    user_id: &UserId,
    session_id: &str,
    _: &OrgId,
    auth: &SessionAuth,
    Claims(mail): Claims<Mail>,
    _1: Method,
    _2: Method,
    _3: Method,
    _4: Method,
    _5: Method,
    _6: Method,
    _7: Method,
    _8: Method,
    _9: Method,
    _10: Method,
    _11: Method,
    _12: Method,
    _13: Method,
    _14: Method,
    body: String,
) -> String {
    format!("{user_id}{session_id}{}{}{body}", auth.user_id(), mail.email)
}

struct Block;

#[handlers]
impl Block {
    #[protected]
    async fn lent(org_id: &OrgId, _user_id: &str) -> String {
        org_id.to_string()
    }

    #[public]
    async fn answer(body: Json<u32>) -> String {
        body.0.to_string()
    }
}

#[tokio::test]
async fn handlers_run_as_they_are_written() {
    let world = World::new().await;
    let user_id = world.user_id();
    assert_eq!(world.call(user).await.1, user_id);
    assert_eq!(world.call(user_lent).await.1, user_id);
    assert_eq!(world.call(user_text).await.1, format!("{user_id}!"));
    assert_eq!(world.call(user_str).await.1, user_id);
    assert_eq!(world.call(user_mutable).await.1, user_id);
    let owned = world.call(session).await.1;
    assert_eq!(world.call(session_lent).await.1, owned);
    assert_eq!(world.call(session_text).await.1, owned);
    assert_eq!(world.call(session_str).await.1, owned);
    let options = world.call(session_option).await.1;
    assert_ne!(options, world.call(session_option_text).await.1);
    assert_eq!(world.call(auth).await.1, world.call(auth_lent).await.1);
    let both = format!("{user_id}ada@example.com");
    assert_eq!(world.call(session_auth).await.1, both);
    assert_eq!(world.call(session_auth_lent).await.1, both);
    assert_eq!(world.call(claims_taken_apart).await.1, "ada@example.com");
    assert_eq!(world.call(claims_lent_apart).await.1, "ada@example.com");
    assert_eq!(world.call(seven).await.1, "POST/items/7?page=2HTTP/1.1172");
    assert_eq!(
        world.call(seven_open).await.1,
        "POST/items/7?page=2HTTP/1.1172text"
    );
    assert!(world.call(most).await.1.ends_with("ada@example.comtext"));
    let key = format!("Bearer {}", world.instance.api_key("ada").secret());
    assert_eq!(world.call_as(Some(&key), machine).await.1, user_id);
    assert_eq!(world.call_as(Some(&key), machine_lent).await.1, user_id);
    assert!(world.call(anybody).await.1.contains(&user_id));
    assert!(world.call(anybody_text).await.1.contains(&user_id));
    assert!(owned.ends_with(&world.call(Block::lent).await.1));
    assert_eq!(
        world.call(Block::answer).await.0,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
    for (status, _) in [
        world.call(user_unused).await,
        world.call(user_lent_unused).await,
        world.call(user_str_unused).await,
        world.call(user_ignored).await,
        world.call(user_lent_ignored).await,
    ] {
        assert_eq!(status, StatusCode::OK);
    }
}
