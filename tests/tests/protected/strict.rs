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
    clippy::pedantic
)]
// Where a lint is forbidden, generated code must not even allow it.
#![forbid(nonstandard_style, unsafe_code)]

use clerk_runtime::{OrgId, UserId, protected};

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

#[tokio::test]
async fn handlers_run_under_strict_lints() {
    let world = World::new().await;
    assert_eq!(world.call(owned).await.1, world.user_id());
    assert_eq!(world.call(borrowed).await.1, world.user_id());
    assert_eq!(world.call(ignored).await.1, "ok");
    assert_eq!(world.call(inner::conditional).await.1, "ok");
}
