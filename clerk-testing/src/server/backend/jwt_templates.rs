use serde_json::{Value, json};

use super::body::{Body, exists, value_invalid};
use super::call::{Call, Outcome, found};
use super::list::envelope_if_paginated;
use crate::jwt_template::{JwtTemplate, JwtTemplates};
use crate::server::answer::ApiError;
use crate::state::Shared;

const WHAT: &str = "JWT template";
const MEMBERS: [&str; 7] = [
    "name",
    "claims",
    "lifetime",
    "allowed_clock_skew",
    "custom_signing_key",
    "signing_algorithm",
    "signing_key",
];
/// What every token has of its own.
const RESERVED: [&str; 7] = ["azp", "exp", "iat", "iss", "jti", "nbf", "sub"];

/// `GET /jwt_templates`
pub(super) fn list(shared: &Shared, call: &Call) -> Outcome {
    let mut all = shared.templates().all();
    all.reverse();
    envelope_if_paginated(all, &call.query)
}

/// `POST /jwt_templates`
pub(super) fn create(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&MEMBERS)?;
    let mut templates = shared.templates();
    let id = shared.ids.fresh("jtmp_");
    let change = wanted(&templates, &id, &body)?;
    let template = templates.add(id, String::new(), Value::Null, shared.now());
    change(template);
    Ok(template.shown().into())
}

/// `GET /jwt_templates/{id}`
pub(super) fn get(shared: &Shared, call: &Call) -> Outcome {
    found(WHAT, shared.templates().get(call.id(0)).map(JwtTemplate::shown))
}

/// `PATCH /jwt_templates/{id}`
pub(super) fn update(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&MEMBERS)?;
    let mut templates = shared.templates();
    if templates.get(call.id(0)).is_none() {
        return Err(ApiError::not_found(WHAT));
    }
    let change = wanted(&templates, call.id(0), &body)?;
    found(WHAT, templates.change(call.id(0), shared.now(), change))
}

/// `DELETE /jwt_templates/{id}`
pub(super) fn delete(shared: &Shared, call: &Call) -> Outcome {
    let id = call.id(0);
    let was_there = shared.templates().remove(id);
    found(
        WHAT,
        was_there.then(|| json!({ "object": "jwt_template", "id": id, "deleted": true })),
    )
}

/// What a template is to be, checked before anything is changed.
fn wanted(
    templates: &JwtTemplates,
    id: &str,
    body: &Body,
) -> Result<impl FnOnce(&mut JwtTemplate) + use<>, ApiError> {
    let name = body.required("name")?.to_owned();
    if templates.named(&name).is_some_and(|other| other.id != id) {
        return Err(exists("name"));
    }
    body.require("claims")?;
    let claims = body.object("claims")?.cloned().unwrap_or_default();
    if let Some(reserved) = RESERVED.iter().find(|claim| claims.contains_key(**claim)) {
        return Err(value_invalid(
            "claims",
            &format!("an object without {reserved}, which every token has"),
        ));
    }
    let lifetime = body.integer("lifetime", 30..=315_360_000)?;
    let skew = body.integer("allowed_clock_skew", 0..=300)?;
    let has_own_key = body.flag("custom_signing_key")? == Some(true) || body.text("signing_key")?.is_some();
    if has_own_key {
        let message = "this local instance signs with keys of its own alone, so that custom_signing_key has to be false";
        return Err(ApiError::param(
            "form_param_value_invalid",
            message,
            "custom_signing_key",
        ));
    }
    if body
        .text("signing_algorithm")?
        .is_some_and(|algorithm| algorithm != "RS256")
    {
        return Err(value_invalid("signing_algorithm", "RS256"));
    }
    Ok(move |template: &mut JwtTemplate| {
        template.name = name;
        template.claims = Value::Object(claims);
        template.lifetime = lifetime.unwrap_or(template.lifetime);
        template.allowed_clock_skew = skew.unwrap_or(template.allowed_clock_skew);
    })
}
