use axum::Router;
use axum::routing::get;
use clerk_runtime::{Clerk, ClerkLayer, UserId, protected};

use super::Failure;
use crate::setup::{ORIGIN, Setup};

/// Configured as most applications are, but for the room to remember tokens: the keys come from the Backend API, and are there before the first request.
pub(super) async fn clerk(setup: &Setup) -> Result<Clerk, Failure> {
    let clerk = cold_clerk(setup)?;
    clerk.ready().await?;
    Ok(clerk)
}

fn cold_clerk(setup: &Setup) -> Result<Clerk, Failure> {
    let clerk = Clerk::builder()
        .publishable_key(&setup.publishable_key)
        .secret_key(&setup.secret_key)
        .api_url(&setup.api_url)
        .authorized_parties([ORIGIN])
        // Room for all tokens of the case with many, which are all seen before.
        .verified_token_cache(64 << 20)
        .build()?;
    Ok(clerk)
}

pub(super) async fn guarded(setup: &Setup) -> Result<Router, Failure> {
    let clerk = clerk(setup).await?;
    Ok(Router::new().route("/", get(for_users)).with_state(clerk))
}

pub(super) async fn with_layer(setup: &Setup) -> Result<Router, Failure> {
    let clerk = clerk(setup).await?;
    Ok(Router::new()
        .route("/", get(for_users))
        .layer(ClerkLayer::new(clerk.clone()))
        .with_state(clerk))
}

/// Without keys, and nothing asked for yet.
pub(super) fn cold(setup: &Setup) -> Result<Router, Failure> {
    Ok(Router::new()
        .route("/", get(for_users))
        .with_state(cold_clerk(setup)?))
}

#[protected]
async fn for_users(user_id: UserId) -> &'static str {
    debug_assert!(!user_id.is_empty());
    "ok"
}
