use axum::Router;
use axum::routing::get;
use tower_oauth2_resource_server::server::OAuth2ResourceServer;
use tower_oauth2_resource_server::tenant::TenantConfiguration;
use tower_oauth2_resource_server::validation::ClaimsValidationSpec;

use super::jsonwebtoken::SessionClaims;
use super::{Failure, baseline};
use crate::setup::Setup;

pub(super) async fn application(setup: &Setup) -> Result<Router, Failure> {
    let rules = ClaimsValidationSpec::new().iss(&setup.issuer).exp(true).nbf(true);
    let tenant = TenantConfiguration::static_builder(setup.jwks.to_string())
        .identifier(&setup.issuer)
        .claims_validation(rules)
        .build()?;
    let server = OAuth2ResourceServer::<SessionClaims>::builder()
        .add_tenant(tenant)
        .build()
        .await?;
    Ok(Router::new()
        .route("/", get(baseline::answer))
        .layer(server.into_layer()))
}
