use http::StatusCode;
use serde_json::{Value, json};

use super::body::value_invalid;
use super::call::{Call, Outcome, found};
use super::list::{Order, Page, envelope, is_found, member};
use crate::server::answer::ApiError;
use crate::state::Shared;

const WHAT: &str = "machine";
const MOST_SCOPES: usize = 150;
const LONGEST_NAME: usize = 255;

/// `GET /machines`
pub(super) fn list(shared: &Shared, call: &Call) -> Outcome {
    let page = Page::of(&call.query)?;
    let order = Order::of(&call.query, &["created_at", "name"])?;
    let mut all = shared.machines().all_shown(&shared.ids.instance());
    all.retain(|machine| is_found(machine, &call.query, &["name"]));
    order.apply(&mut all, member);
    envelope(all, page)
}

/// `POST /machines`
pub(super) fn create(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&["name", "scoped_machines", "default_token_ttl"])?;
    let name = name(body.required("name")?)?;
    let ttl = body.seconds("default_token_ttl")?;
    let scopes = body.texts("scoped_machines")?.unwrap_or_default();
    let (id, key) = (shared.ids.fresh("mch_"), shared.ids.fresh("ak_"));
    let mut machines = shared.machines();
    if scopes.len() > MOST_SCOPES {
        return Err(value_invalid(
            "scoped_machines",
            &format!("a list of up to {MOST_SCOPES} ids"),
        ));
    }
    if scopes.iter().any(|scope| machines.get(scope).is_none()) {
        return Err(ApiError::not_found(WHAT));
    }
    let now = shared.now();
    machines.add(id.clone(), name, key.clone(), now);
    machines.change(&id, now, |machine| {
        machine.scopes = scopes.into_iter().map(str::to_owned).collect();
        machine.default_token_ttl = ttl.unwrap_or(machine.default_token_ttl);
    });
    let mut shown = machines.shown(&id, &shared.ids.instance());
    if let Some(shown) = &mut shown {
        shown["secret_key"] = json!(key);
    }
    found(WHAT, shown)
}

fn name(name: &str) -> Result<String, ApiError> {
    if name.chars().count() > LONGEST_NAME {
        return Err(value_invalid(
            "name",
            &format!("a string of 1 to {LONGEST_NAME} letters"),
        ));
    }
    Ok(name.to_owned())
}

/// `GET /machines/{id}`
pub(super) fn get(shared: &Shared, call: &Call) -> Outcome {
    found(WHAT, shown(shared, call.id(0)))
}

fn shown(shared: &Shared, id: &str) -> Option<Value> {
    shared.machines().shown(id, &shared.ids.instance())
}

/// `PATCH /machines/{id}`
pub(super) fn update(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&["name", "default_token_ttl"])?;
    let new_name = match body.given("name") {
        Some(_) => Some(name(body.required("name")?)?),
        None => None,
    };
    let ttl = body.seconds("default_token_ttl")?;
    shared.machines().change(call.id(0), shared.now(), |machine| {
        machine.name = new_name.unwrap_or_else(|| machine.name.clone());
        machine.default_token_ttl = ttl.unwrap_or(machine.default_token_ttl);
    });
    found(WHAT, shown(shared, call.id(0)))
}

/// `DELETE /machines/{id}`
pub(super) fn delete(shared: &Shared, call: &Call) -> Outcome {
    let id = call.id(0);
    let was_there = shared.machines().remove(id);
    found(
        WHAT,
        was_there.then(|| json!({ "object": "machine", "id": id, "deleted": true })),
    )
}

/// `GET /machines/{id}/secret_key`
pub(super) fn secret_key(shared: &Shared, call: &Call) -> Outcome {
    let machines = shared.machines();
    let key = machines
        .get(call.id(0))
        .map(|machine| secret(machine.secret_key()));
    found(WHAT, key)
}

/// `POST /machines/{id}/secret_key/rotate`
pub(super) fn rotate_secret_key(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&["previous_token_ttl"])?;
    body.require("previous_token_ttl")?;
    let former_seconds = body
        .integer("previous_token_ttl", 0..=28_800)?
        .unwrap_or_default();
    let key = shared.ids.fresh("ak_");
    let mut machines = shared.machines();
    machines.rotate_key(call.id(0), key, former_seconds, shared.now());
    let key = machines
        .get(call.id(0))
        .map(|machine| secret(machine.secret_key()));
    found(WHAT, key)
}

fn secret(key: &str) -> Value {
    json!({ "object": "machine_secret_key", "secret": key })
}

/// `POST /machines/{id}/scopes`
pub(super) fn create_scope(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&["to_machine_id"])?;
    let to = body.required("to_machine_id")?;
    let mut machines = shared.machines();
    let (Some(from), Some(_)) = (machines.get(call.id(0)), machines.get(to)) else {
        return Err(ApiError::not_found(WHAT));
    };
    let refuse = |code, message| Err(ApiError::new(StatusCode::CONFLICT, code, message));
    if from.scopes.iter().any(|scope| scope == to) {
        return refuse(
            "duplicate_record",
            "the machine may already talk to the other one",
        );
    }
    if from.scopes.len() >= MOST_SCOPES {
        return refuse(
            "quota_exceeded",
            "the machine may talk to as many others as it can",
        );
    }
    let now = shared.now();
    machines.change(call.id(0), now, |machine| machine.scopes.push(to.to_owned()));
    Ok(json!({
        "object": "machine_scope",
        "from_machine_id": call.id(0),
        "to_machine_id": to,
        "created_at": now,
    })
    .into())
}

/// `DELETE /machines/{id}/scopes/{other id}`
pub(super) fn delete_scope(shared: &Shared, call: &Call) -> Outcome {
    let (from, to) = (call.id(0), call.id(1));
    let mut machines = shared.machines();
    let has_scope = machines
        .get(from)
        .is_some_and(|machine| machine.scopes.iter().any(|scope| scope == to));
    if has_scope {
        machines.change(from, shared.now(), |machine| {
            machine.scopes.retain(|scope| scope != to)
        });
    }
    found(
        "machine scope",
        has_scope.then(|| {
            json!({ "object": "machine_scope", "from_machine_id": from, "to_machine_id": to, "deleted": true })
        }),
    )
}
