//! Nothing of the prelude, and names that the expansion might have used.
#![allow(dead_code, non_camel_case_types, non_upper_case_globals)]

use clerk_runtime::{Clerk, OrgId, UserId, handlers, permissions, protected, public, roles};

use crate::support::World;

struct Result;
struct Option;
struct Ok;
struct Err;
struct Some;
struct None;
struct Send;
struct Sized;
struct From;
struct Into;
struct Policy;
struct Guard;
struct Public;
struct HasClerk;
struct Requirement;
struct Permission;
struct Role;
struct Reverification;
struct ReverificationLevel;
struct AcceptsToken;
struct TokenType;
struct WhenSignedOut;
struct Copy;
struct Clone;
struct Debug;
struct Any;
struct All;
struct key;
struct f64;
struct Rejection;
struct Auth;
struct InjectUserId;
struct IsBody;
struct IsNoBody;
const IS_BODY: u8 = 0;
struct value;
struct a0;
const auth: u8 = 0;

mod core {}
mod std {}
mod clerk_runtime_ {}

#[protected]
async fn handler(user_id: UserId, org_id: &OrgId, session_id: &str) -> String {
    let _ = (org_id, session_id);
    user_id.into()
}

permissions! { Perm { InvoicesRead = "org:invoices:read" } }
roles! { Roles { Admin = "org:admin" } }

#[protected(
    token = any("session_token", "api_key"),
    redirect_to_sign_in,
    state = Clerk,
    any(
        scope = "invoices:read",
        all(
            any(role = Roles::Admin, permission = Perm::InvoicesRead),
            any(plan = "pro", feature = "export"),
            reverification = "lax",
            reverification(level = "first_factor", after_minutes = 10)
        )
    )
)]
async fn demanding(user_id: ::core::option::Option<UserId>) -> String {
    user_id.map_or_else(String::new, |user| user.into())
}

#[protected]
async fn asked(version: ::http::Version) -> String {
    format!("{version:?}")
}

#[public]
async fn open() -> &'static str {
    "open"
}

struct Block;

#[handlers]
impl Block {
    #[protected(permission = Perm::InvoicesRead)]
    async fn closed(org_id: &OrgId) -> String {
        org_id.to_string()
    }

    #[public]
    async fn open() -> &'static str {
        "open"
    }
}

type String = ::std::string::String;

#[tokio::test]
async fn handlers_run_with_a_shadowed_prelude() {
    let world = World::new().await;
    let ada = || world.instance.user("ada").org("acme");
    let exporter = ada().permissions(["org:invoices:read"]).features(["o:export"]);
    let stale = exporter.clone().fva(11, 11).bearer();
    let exporter = exporter.bearer();
    assert_eq!(world.call(handler).await.1, world.user_id());
    assert_eq!(world.call(asked).await.1, "HTTP/1.1");
    assert_eq!(world.call(demanding).await.0.as_u16(), 403);
    assert_eq!(
        world
            .call_as(::core::option::Option::Some(&stale), demanding)
            .await
            .0
            .as_u16(),
        403
    );
    assert_eq!(
        world
            .call_as(::core::option::Option::Some(&exporter), demanding)
            .await
            .1,
        world.user_id()
    );
    assert_eq!(world.call(Block::closed).await.0.as_u16(), 403);
    assert!(
        world
            .call_as(::core::option::Option::Some(&exporter), Block::closed)
            .await
            .1
            .starts_with("org_")
    );
    assert_eq!(
        world.call_as(::core::option::Option::None, Block::open).await.1,
        "open"
    );
    assert_eq!(world.call_as(::core::option::Option::None, open).await.1, "open");
    assert_eq!(Perm::ALL.len() + Roles::ALL.len(), 2);
}
