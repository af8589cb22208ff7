use axum07::Router;
use axum07::routing::get;
use jwt_authorizer::layer::JwtSource;
use jwt_authorizer::{Authorizer, IntoLayer as _, JwtAuthorizer, Validation};

use super::jsonwebtoken::SessionClaims;
use super::{Carrier, Failure, baseline};
use crate::setup::Setup;

pub(super) async fn authorizer(
    setup: &Setup,
    carrier: Carrier,
) -> Result<Authorizer<SessionClaims>, Failure> {
    let source = match carrier {
        Carrier::Header => JwtSource::AuthorizationHeader,
        Carrier::Cookie => JwtSource::Cookie("__session".to_owned()),
    };
    let authorizer = JwtAuthorizer::from_jwks_text(&setup.jwks.to_string())
        .validation(Validation::new().iss(&[&setup.issuer]).nbf(true))
        .jwt_source(source)
        .build()
        .await?;
    Ok(authorizer)
}

pub(super) async fn application(setup: &Setup, carrier: Carrier) -> Result<Router, Failure> {
    let authorizer = authorizer(setup, carrier).await?;
    Ok(Router::new()
        .route("/", get(baseline::answer))
        .layer(authorizer.into_layer()))
}

/// The same with keys that are fetched when a token needs them, and nothing fetched yet.
pub(super) async fn fetching(setup: &Setup, key_set: &str) -> Result<Router, Failure> {
    let authorizer = JwtAuthorizer::<SessionClaims>::from_jwks_url(key_set)
        .validation(Validation::new().iss(&[&setup.issuer]).nbf(true))
        .build()
        .await?;
    Ok(Router::new()
        .route("/", get(baseline::answer))
        .layer(authorizer.into_layer()))
}
