use std::sync::Arc;

use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::routing::get;
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, DecodingKey, TokenData, Validation, decode, decode_header};
use serde::Deserialize;

use super::Failure;
use crate::setup::{ORIGIN, Setup};

/// What an application that decodes session tokens by itself makes of them.
#[derive(Debug, Clone, Deserialize)]
#[allow(dead_code, reason = "parsed because an application would use them")]
pub struct SessionClaims {
    pub sub: String,
    sid: String,
    azp: String,
    iss: String,
    exp: i64,
    iat: i64,
    nbf: i64,
    o: Option<Organization>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(dead_code, reason = "parsed because an application would use them")]
struct Organization {
    id: String,
    slg: String,
    rol: String,
    per: Option<String>,
}

/// What such an application keeps: the parsed key by its id, and the rules.
pub struct Verifier {
    kid: String,
    key: DecodingKey,
    validation: Validation,
}

impl Verifier {
    pub(super) fn new(setup: &Setup) -> Result<Self, Failure> {
        let mut validation = Validation::new(Algorithm::RS256);
        validation.validate_nbf = true;
        validation.set_issuer(&[&setup.issuer]);
        Ok(Self {
            kid: setup.jwks["keys"][0]["kid"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            key: DecodingKey::from_rsa_pem(setup.jwt_key.as_bytes())?,
            validation,
        })
    }

    pub(super) fn verify(&self, token: &str) -> Result<TokenData<SessionClaims>, Error> {
        if decode_header(token)?.kid.as_deref() != Some(&self.kid) {
            return Err(ErrorKind::InvalidToken.into());
        }
        let data: TokenData<SessionClaims> = decode(token, &self.key, &self.validation)?;
        if data.claims.azp != ORIGIN {
            return Err(ErrorKind::InvalidToken.into());
        }
        Ok(data)
    }
}

pub(super) fn application(setup: &Setup) -> Result<Router, Failure> {
    let verifier = Arc::new(Verifier::new(setup)?);
    Ok(Router::new().route("/", get(for_users)).with_state(verifier))
}

struct User(SessionClaims);

impl FromRequestParts<Arc<Verifier>> for User {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, verifier: &Arc<Verifier>) -> Result<Self, StatusCode> {
        let token = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let token = token.and_then(|value| value.strip_prefix("Bearer "));
        let data = verifier.verify(token.ok_or(StatusCode::UNAUTHORIZED)?);
        Ok(Self(data.map_err(|_| StatusCode::UNAUTHORIZED)?.claims))
    }
}

async fn for_users(User(claims): User) -> &'static str {
    debug_assert!(!claims.sub.is_empty());
    "ok"
}
