use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use clerk_rs::ClerkConfiguration;
use clerk_rs::clerk::Clerk;
use clerk_rs::validators::authorizer::validate_jwt;
use clerk_rs::validators::axum::ClerkLayer;
use clerk_rs::validators::jwks::MemoryCacheJwksProvider;

use super::baseline;
use crate::setup::Setup;

/// Keys are fetched by the first request and then kept.
fn keys(setup: &Setup) -> MemoryCacheJwksProvider {
    let configuration = ClerkConfiguration::new(&setup.secret_key);
    let configuration = configuration.with_base_path(format!("{}/v1", setup.api_url));
    MemoryCacheJwksProvider::new(Clerk::new(configuration))
}

pub(super) fn application(setup: &Setup) -> Router {
    Router::new()
        .route("/", get(baseline::answer))
        .layer(ClerkLayer::new(keys(setup), None, true))
}

pub struct Verifier(Arc<MemoryCacheJwksProvider>);

impl Verifier {
    pub(super) fn new(setup: &Setup) -> Self {
        Self(Arc::new(keys(setup)))
    }

    pub(super) async fn verifies(&self, token: &str) -> bool {
        validate_jwt(token, Arc::clone(&self.0)).await.is_ok()
    }
}
