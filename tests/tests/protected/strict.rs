//! The expansion gives nothing to complain of.
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unnameable_types,
    unused_qualifications,
    unused_results,
    clippy::all,
    clippy::panic,
    clippy::pedantic
)]
// Where a lint is forbidden, generated code must not even allow it.
#![forbid(nonstandard_style, unsafe_code)]

use clerk_runtime::{
    Auth, Clerk, OrgId, UserId, features, handlers, permissions, plans, protected, public, roles,
};

use crate::support::World;

/// Documented.
#[protected]
pub(crate) async fn owned(user_id: UserId) -> String {
    user_id.into()
}

/// Documented.
#[protected]
async fn borrowed(user_id: &UserId, org_id: &OrgId, session_id: &str) -> String {
    let _ = (org_id, session_id);
    user_id.to_string()
}

/// The compiler is asked whether the last type is text.
#[protected]
async fn asked(user_id: UserId, version: http::Version) -> String {
    format!("{user_id} {version:?}")
}

#[protected]
async fn ignored(_: UserId, _: &OrgId) -> &'static str {
    "ok"
}

/// What nobody can reach or name but its router.
mod inner {
    use super::protected;

    #[protected]
    pub(super) async fn conditional(#[cfg(any())] user_id: Missing) -> &'static str {
        "ok"
    }
}

permissions! {
    /// What members may do.
    pub(crate) Perm {
        /// Documented.
        INVOICES_READ = "org:invoices:read",
        INVOICES_WRITE = "org:invoices:write",
    }
}

roles! { Roles { ADMIN = "org:admin" } }
features! { pub(crate) Features { EXPORT = "export" } }
plans! { Plans { PRO = "org:pro" } }

/// Documented.
#[protected(
    redirect_to_sign_in,
    state = Clerk,
    any(
        role = Roles::ADMIN,
        all(
            permission = Perm::INVOICES_READ,
            feature = Features::EXPORT,
            plan = Plans::PRO,
            reverification = "lax",
            reverification(level = "first_factor", after_minutes = 10)
        )
    )
)]
pub(crate) async fn demanding(auth: &Auth) -> String {
    auth.user_id().map(ToString::to_string).unwrap_or_default()
}

/// Documented.
#[public]
pub(crate) async fn open() -> &'static str {
    "open"
}

/// Documented.
pub(crate) struct Block;

#[handlers]
#[expect(
    clippy::unused_async,
    reason = "clippy overlooks associated functions that are used as values"
)]
impl Block {
    /// Documented.
    #[protected(permission = Perm::INVOICES_READ)]
    pub(crate) async fn closed(org_id: &OrgId) -> String {
        org_id.to_string()
    }

    #[public]
    async fn open() -> &'static str {
        "open"
    }
}

#[tokio::test]
async fn requirements_are_enforced_under_strict_lints() {
    let world = World::new().await;
    let ada = || world.instance.user("ada").org("acme");
    let admin = ada().role("org:admin").bearer();
    let reader = ada().permissions(["org:invoices:read"]).bearer();
    assert_eq!(world.call(demanding).await.0.as_u16(), 403);
    assert_eq!(world.call_as(Some(&reader), demanding).await.0.as_u16(), 403);
    assert_eq!(world.call_as(Some(&admin), demanding).await.1, world.user_id());
    assert_eq!(world.call(Block::closed).await.0.as_u16(), 403);
    assert_eq!(world.call_as(Some(&reader), Block::closed).await.0.as_u16(), 200);
    assert_eq!(world.call_as(None, open).await.1, "open");
    assert_eq!(world.call_as(None, Block::open).await.1, "open");
    assert_eq!(Perm::ALL.len(), 2);
}

#[tokio::test]
async fn handlers_run_under_strict_lints() {
    let world = World::new().await;
    assert_eq!(world.call(owned).await.1, world.user_id());
    assert_eq!(world.call(borrowed).await.1, world.user_id());
    let asked = world.call(asked).await.1;
    assert_eq!(asked, format!("{} HTTP/1.1", world.user_id()));
    assert_eq!(world.call(ignored).await.1, "ok");
    assert_eq!(world.call(inner::conditional).await.1, "ok");
}
