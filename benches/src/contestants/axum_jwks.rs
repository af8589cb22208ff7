use axum::Router;
use axum::extract::FromRef;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum_jwks::{Claims, Jwks, ParseTokenClaims, TokenError};

use super::Failure;
use super::jsonwebtoken::SessionClaims;
use crate::setup::Setup;

pub(super) fn jwks(setup: &Setup) -> Result<Jwks, Failure> {
    Ok(Jwks::from_jwk_set(
        serde_json::from_value(setup.jwks.clone())?,
        None,
        None,
    )?)
}

pub(super) fn application(setup: &Setup) -> Result<Router, Failure> {
    let state = Application { jwks: jwks(setup)? };
    Ok(Router::new().route("/", get(for_users)).with_state(state))
}

#[derive(Clone)]
struct Application {
    jwks: Jwks,
}

impl FromRef<Application> for Jwks {
    fn from_ref(application: &Application) -> Self {
        application.jwks.clone()
    }
}

impl ParseTokenClaims for SessionClaims {
    type Rejection = Refused;
}

pub struct Refused;

impl From<TokenError> for Refused {
    fn from(_: TokenError) -> Self {
        Self
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

async fn for_users(Claims(claims): Claims<SessionClaims>) -> &'static str {
    debug_assert!(!claims.sub.is_empty());
    "ok"
}
