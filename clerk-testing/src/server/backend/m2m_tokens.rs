use http::StatusCode;
use serde_json::{Value, json};

use super::body::{Body, value_invalid};
use super::call::{Answer, Call, Caller, Outcome, found};
use super::list::Page;
use crate::machine::{Kind, Record};
use crate::server::answer::ApiError;
use crate::state::{LOCAL_MACHINE, Shared};

const WHAT: &str = "M2M token";

/// `GET /m2m_tokens`
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
    if let Caller::Machine(id) = &call.caller
        && id != subject
    {
        return Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "authorization_invalid",
            "the key of a machine shows the tokens of this machine alone",
        ));
    }
    if shared.machines().get(subject).is_none() {
        return Err(ApiError::not_found("machine"));
    }
    let includes = |name| query.first(name) == Some("true");
    let (with_revoked, with_expired) = (includes("revoked"), includes("expired"));
    let now = shared.now();
    let mut all: Vec<Value> = shared
        .records()
        .all(Kind::M2m)
        .into_iter()
        .map(|(_, record)| record)
        .filter(|record| record.subject == subject)
        .filter(|record| (with_revoked || !record.revoked) && (with_expired || !record.is_expired(now)))
        .map(|record| record.shown(now))
        .collect();
    all.reverse();
    let total_count = all.len();
    Ok(json!({ "m2m_tokens": page.cut(all), "total_count": total_count }).into())
}

/// `POST /m2m_tokens`
pub(super) fn create(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&[
        "token_format",
        "seconds_until_expiration",
        "claims",
        "min_remaining_ttl_seconds",
    ])?;
    let Caller::Machine(id) = &call.caller else {
        return Err(ApiError::new(
            StatusCode::UNAUTHORIZED,
            "authentication_invalid",
            "tokens are made with the secret key of a machine, which the key of the instance is not",
        ));
    };
    let is_jwt = match body.text("token_format")? {
        None | Some("opaque") => false,
        Some("jwt") => true,
        Some(_) => return Err(value_invalid("token_format", "opaque or jwt")),
    };
    let mut record = wanted(shared, id, &body)?;
    let least = body.integer("min_remaining_ttl_seconds", 0..=i64::MAX)?;
    if let Some(least) = least.filter(|_| !is_jwt)
        && let Some((token, known)) = reusable(shared, &record, least)
    {
        record = known;
        return Ok(Answer::created(with_token(shared, &record, &token)));
    }
    let token = if is_jwt {
        shared.m2m_jwt(&record).map_err(|_| ApiError::unsigned())?
    } else {
        shared.ids.fresh(Kind::M2m.prefix())
    };
    let shown = with_token(shared, &record, &token);
    shared.records().keep(token, record);
    Ok(Answer::created(shown))
}

fn wanted(shared: &Shared, machine: &str, body: &Body) -> Result<Record, ApiError> {
    let claims = body.object("claims")?.cloned().map(Value::Object);
    let seconds = body.seconds("seconds_until_expiration")?;
    let machines = shared.machines();
    let Some(caller) = machines.get(machine) else {
        return Err(ApiError::not_found("machine"));
    };
    let mut record = Record::new(&shared.ids, shared.now(), Kind::M2m, machine.to_owned());
    record.scopes.clone_from(&caller.scopes);
    record.claims = claims;
    record.expire_in(shared.now(), seconds.unwrap_or(caller.default_token_ttl));
    Ok(record)
}

/// A token of the same machine with the same claims that is good for so many seconds more.
fn reusable(shared: &Shared, wanted: &Record, seconds: i64) -> Option<(String, Record)> {
    let until = shared.now().saturating_add(seconds.saturating_mul(1000));
    let records = shared.records();
    let all = records.all(Kind::M2m).into_iter();
    let mut same = all.filter(|(_, record)| {
        record.subject == wanted.subject
            && record.claims == wanted.claims
            && record.scopes == wanted.scopes
            && !record.revoked
            && !record.is_expired(until)
    });
    same.next()
        .map(|(token, record)| (token.to_owned(), record.clone()))
}

fn with_token(shared: &Shared, record: &Record, token: &str) -> Value {
    let mut shown = record.shown(shared.now());
    shown["token"] = json!(token);
    shown
}

/// `POST /m2m_tokens/{id}/revoke`
pub(super) fn revoke(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&["revocation_reason"])?;
    let reason = body.text("revocation_reason")?.map(str::to_owned);
    let mut records = shared.records();
    let is_own = records
        .find(Kind::M2m, call.id(0))
        .is_some_and(|(_, record)| match &call.caller {
            Caller::Instance => true,
            Caller::Machine(id) => *id == record.subject,
        });
    if !is_own {
        return Err(ApiError::not_found(WHAT));
    }
    let changed = records.change(Kind::M2m, call.id(0), shared.now(), |record| {
        record.revoked = true;
        record.revocation_reason = reason;
    });
    found(WHAT, changed)
}

/// `POST /m2m_tokens/verify`
///
/// A machine sees its own tokens and those that are for it. The one that tests have the key of sees all.
pub(super) fn verify(shared: &Shared, call: &Call) -> Outcome {
    let body = call.any_body()?;
    let token = body.required("token")?;
    let records = shared.records();
    let record = records
        .by_token(Kind::M2m, token)
        .filter(|record| match &call.caller {
            Caller::Instance => true,
            Caller::Machine(id) => {
                *id == record.subject
                    || record.scopes.contains(id)
                    || *id == shared.ids.named("mch_", LOCAL_MACHINE)
            }
        });
    found(WHAT, record.map(|record| record.shown(shared.now())))
}
