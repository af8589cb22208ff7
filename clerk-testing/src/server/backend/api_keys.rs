use serde_json::{Value, json};

use super::body::{Body, value_invalid};
use super::call::{Call, Outcome, found};
use super::list::{Page, envelope, is_found};
use crate::machine::{Kind, Record};
use crate::server::answer::ApiError;
use crate::state::Shared;

const WHAT: &str = "API key";
const SHORTEST_NAME: usize = 3;
const LONGEST_DESCRIPTION: usize = 255;

/// `GET /api_keys`
pub(super) fn list(shared: &Shared, call: &Call) -> Outcome {
    let query = &call.query;
    let page = Page::up_to(100, query)?;
    let Some(subject) = query.first("subject") else {
        return Err(ApiError::param(
            "form_param_missing",
            "subject is missing",
            "subject",
        ));
    };
    let with_invalid = query.first("include_invalid") == Some("true");
    let now = shared.now();
    let records = shared.records();
    let mut all: Vec<Value> = records
        .all(Kind::ApiKey)
        .into_iter()
        .filter(|(_, record)| record.subject == subject)
        .filter(|(_, record)| with_invalid || !(record.revoked || record.is_expired(now)))
        .map(|(_, record)| record.shown(now))
        .collect();
    all.retain(|key| {
        is_found(key, query, &["name"]) && query.first("type").is_none_or(|kind| key["type"] == kind)
    });
    all.reverse();
    envelope(all, page)
}

/// `POST /api_keys`
pub(super) fn create(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&[
        "type",
        "name",
        "description",
        "subject",
        "claims",
        "scopes",
        "created_by",
        "seconds_until_expiration",
    ])?;
    let name = body.required("name")?;
    if name.chars().count() < SHORTEST_NAME || name.trim() != name {
        let wanted = format!("a string of at least {SHORTEST_NAME} letters without spaces around it");
        return Err(value_invalid("name", &wanted));
    }
    let kind = body.text("type")?.unwrap_or("api_key");
    if !(3..=25).contains(&kind.chars().count()) {
        return Err(value_invalid("type", "a string of 3 to 25 letters"));
    }
    let subject = subject(shared, body.required("subject")?)?;
    let created_by = body.text("created_by")?;
    if created_by.is_some_and(|id| shared.directory().user_by_id(id).is_none()) {
        return Err(ApiError::not_found("user"));
    }
    let mut record = Record::new(&shared.ids, shared.now(), Kind::ApiKey, subject);
    for (member, value) in [
        ("type", json!(kind)),
        ("name", json!(name)),
        ("description", Value::Null),
        ("created_by", json!(created_by)),
    ] {
        record.more.insert(member.to_owned(), value);
    }
    common(shared, &body)?(&mut record);
    let secret = shared.ids.fresh(Kind::ApiKey.prefix());
    let mut shown = record.shown(shared.now());
    shown["secret"] = json!(secret);
    shared.records().keep(secret, record);
    Ok(shown.into())
}

/// Whom a key belongs to: a user or an organization that there is.
fn subject(shared: &Shared, id: &str) -> Result<String, ApiError> {
    let directory = shared.directory();
    if directory.user_by_id(id).is_some() || directory.shown_organization(id).is_some() {
        Ok(id.to_owned())
    } else {
        Err(ApiError::not_found("user or organization"))
    }
}

/// What creating and changing have in common, checked before anything is changed.
fn common(shared: &Shared, body: &Body) -> Result<impl FnOnce(&mut Record) + use<>, ApiError> {
    let claims = match body.given("claims") {
        None => None,
        Some(Value::Null) => Some(None),
        Some(_) => Some(body.object("claims")?.cloned().map(Value::Object)),
    };
    let scopes = body.texts("scopes")?;
    let scopes: Option<Vec<String>> = scopes.map(|scopes| scopes.into_iter().map(str::to_owned).collect());
    let description = body.nullable_text("description")?;
    if description
        .flatten()
        .is_some_and(|text| text.chars().count() > LONGEST_DESCRIPTION)
    {
        let wanted = format!("a string of up to {LONGEST_DESCRIPTION} letters");
        return Err(value_invalid("description", &wanted));
    }
    let description = description.map(|text| json!(text));
    let seconds = body.seconds("seconds_until_expiration")?;
    let is_endless = body.given("seconds_until_expiration").is_some_and(Value::is_null);
    let end = seconds.map(|seconds| shared.now().saturating_add(seconds.saturating_mul(1000)));
    Ok(move |record: &mut Record| {
        if let Some(claims) = claims {
            record.claims = claims;
        }
        if let Some(scopes) = scopes {
            record.scopes = scopes;
        }
        if let Some(description) = description {
            record.more.insert("description".to_owned(), description);
        }
        if is_endless || end.is_some() {
            record.expires_at = end;
        }
    })
}

/// `GET /api_keys/{id}`
pub(super) fn get(shared: &Shared, call: &Call) -> Outcome {
    let now = shared.now();
    let records = shared.records();
    let record = records.find(Kind::ApiKey, call.id(0));
    found(WHAT, record.map(|(_, record)| record.shown(now)))
}

/// `PATCH /api_keys/{id}`
pub(super) fn update(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&[
        "claims",
        "scopes",
        "description",
        "subject",
        "seconds_until_expiration",
    ])?;
    let subject = body.text("subject")?.map(|id| subject(shared, id)).transpose()?;
    let change = common(shared, &body)?;
    let changed = shared
        .records()
        .change(Kind::ApiKey, call.id(0), shared.now(), |record| {
            change(record);
            if let Some(subject) = subject {
                record.subject = subject;
            }
        });
    found(WHAT, changed)
}

/// `DELETE /api_keys/{id}`
pub(super) fn delete(shared: &Shared, call: &Call) -> Outcome {
    let id = call.id(0);
    let was_there = shared.records().remove(Kind::ApiKey, id);
    found(
        WHAT,
        was_there.then(|| json!({ "object": "api_key", "id": id, "deleted": true })),
    )
}

/// `GET /api_keys/{id}/secret`
pub(super) fn secret(shared: &Shared, call: &Call) -> Outcome {
    let records = shared.records();
    let secret = records.find(Kind::ApiKey, call.id(0));
    found(WHAT, secret.map(|(secret, _)| json!({ "secret": secret })))
}

/// `POST /api_keys/{id}/revoke`
pub(super) fn revoke(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&["revocation_reason"])?;
    let reason = body.text("revocation_reason")?.map(str::to_owned);
    let changed = shared
        .records()
        .change(Kind::ApiKey, call.id(0), shared.now(), |record| {
            record.revoked = true;
            record.revocation_reason = reason;
        });
    found(WHAT, changed)
}

/// `POST /api_keys/verify`
pub(super) fn verify(shared: &Shared, call: &Call) -> Outcome {
    let body = call.any_body()?;
    let secret = body.required("secret")?;
    found(WHAT, shared.records().verify(Kind::ApiKey, secret, shared.now()))
}
