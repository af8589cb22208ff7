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

#[tokio::test]
async fn handlers_run_under_strict_lints() {
    let world = World::new().await;
    assert_eq!(world.call(owned).await.1, world.user_id());
    assert_eq!(world.call(borrowed).await.1, world.user_id());
    assert_eq!(world.call(ignored).await.1, "ok");
}
