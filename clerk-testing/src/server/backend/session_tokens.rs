use serde_json::{Map, Value, json};

use super::call::{Call, Outcome};
use crate::server::answer::ApiError;
use crate::state::Shared;
use crate::template;
use crate::token::{Category, Lifetime, common, of_session};

/// `POST /sessions/{id}/tokens`: a fresh session token.
pub(super) fn create(shared: &Shared, call: &Call) -> Outcome {
    let Some((session, _)) = shared.directory().session(call.id(0)) else {
        return Err(ApiError::not_found("session"));
    };
    let seconds = expires_in(call)?.unwrap_or(Lifetime::DEFAULT);
    let lifetime = Lifetime::starting(shared.clock.unix_seconds(), seconds);
    token(
        shared,
        Category::Session,
        of_session(&session, &shared.issuer, lifetime),
    )
}

/// `POST /sessions/{id}/tokens/{template}`: a token of a JWT template.
pub(super) fn create_from_template(shared: &Shared, call: &Call) -> Outcome {
    let directory = shared.directory();
    let Some((session, user)) = directory.session(call.id(0)) else {
        return Err(ApiError::not_found("session"));
    };
    let organization = session
        .org
        .as_ref()
        .and_then(|org| directory.shown_organization(&org.id));
    drop(directory);
    let Some(template) = shared.templates().named(call.id(1)).cloned() else {
        return Err(ApiError::not_found("JWT template"));
    };
    let seconds = expires_in(call)?.unwrap_or(template.lifetime);
    let lifetime = Lifetime::starting(shared.clock.unix_seconds(), seconds);
    let context = template::context(&session, &user, organization.as_ref());
    let mut claims = template::render(&template.claims, &context);
    claims.extend(common(&session, &shared.issuer, lifetime));
    let not_before = lifetime.issued_at.saturating_sub(template.allowed_clock_skew);
    claims.insert("nbf".into(), json!(not_before));
    claims.insert("jti".into(), json!(shared.ids.trace()));
    token(shared, Category::Template, claims)
}

fn token(shared: &Shared, category: Category, claims: Map<String, Value>) -> Outcome {
    let jwt = shared.sign(category, claims).map_err(|_| ApiError::unsigned())?;
    Ok(json!({ "object": "token", "jwt": jwt }).into())
}

/// Reads `{"expires_in_seconds": n}`, which may be absent as a whole or null.
fn expires_in(call: &Call) -> Result<Option<i64>, ApiError> {
    call.body(&["expires_in_seconds"])?
        .integer("expires_in_seconds", 30..=315_360_000)
}
