//! Users: reading and deleting them, and what is done to their accounts.

use clerk_runtime::clock::Clock;
use http::StatusCode;
use serde_json::{Value, json};

use super::call::{Answer, Call, Outcome, found};
use super::list::{Order, Page, envelope, member};
use super::statuses::{OF_INVITATIONS, Statuses};
use super::user_filter::UserFilter;
use crate::directory::UserRecord;
use crate::metadata::merge;
use crate::params::Params;
use crate::server::answer::ApiError;
use crate::state::Shared;

const ORDERS: [&str; 10] = [
    "created_at",
    "updated_at",
    "email_address",
    "web3wallet",
    "first_name",
    "last_name",
    "phone_number",
    "username",
    "last_active_at",
    "last_sign_in_at",
];
const METADATA: [&str; 3] = ["public_metadata", "private_metadata", "unsafe_metadata"];
/// How many users one call may ban.
const MOST_AT_ONCE: usize = 100;

/// `GET /users`
pub(super) fn list(shared: &Shared, call: &Call) -> Outcome {
    let page = Page::of(&call.query)?;
    let order = Order::of(&call.query, &ORDERS)?;
    let mut users = wanted(shared, &call.query)?;
    order.apply(&mut users, order_key);
    if let Some(last) = call.query.first("starting_after") {
        let refuse = |name, message| Err(ApiError::param("form_param_value_invalid", message, name));
        if order.field != "created_at" {
            return refuse(
                "order_by",
                "starting_after goes with the order of created_at alone",
            );
        }
        if page.offset > 0 {
            return refuse("offset", "starting_after and offset exclude each other");
        }
        let Some(position) = users.iter().position(|user| user["id"] == last) else {
            return refuse(
                "starting_after",
                "starting_after has to be the id of a user in the list",
            );
        };
        users.drain(..=position);
    }
    Ok(Value::Array(page.cut(users)).into())
}

/// `GET /users/count`
pub(super) fn count(shared: &Shared, call: &Call) -> Outcome {
    let total_count = wanted(shared, &call.query)?.len();
    Ok(json!({ "object": "total_count", "total_count": total_count }).into())
}

fn wanted(shared: &Shared, query: &Params) -> Result<Vec<Value>, ApiError> {
    let filter = UserFilter::of(query)?;
    let directory = shared.directory();
    let ids = directory.users().into_iter().map(|user| user.id().to_owned());
    let users = ids.filter_map(|id| directory.shown_user(&id));
    Ok(users
        .filter(|user| {
            filter.matches(user, || {
                let id = user["id"].as_str().unwrap_or_default();
                directory
                    .organizations_of(id)
                    .into_iter()
                    .map(|org| org.id)
                    .collect()
            })
        })
        .collect())
}

/// What users are ordered by.
pub(super) fn order_key(user: &Value, field: &str) -> Value {
    let first = |list: &str, name: &str| user[list][0][name].clone();
    match field {
        "email_address" => primary(user, "email_addresses", "primary_email_address_id", field),
        "phone_number" => primary(user, "phone_numbers", "primary_phone_number_id", field),
        "web3wallet" => first("web3_wallets", "web3_wallet"),
        _ => member(user, field),
    }
}

fn primary(user: &Value, list: &str, id: &str, name: &str) -> Value {
    let all = user[list].as_array().into_iter().flatten();
    let mut primary = all.filter(|item| item["id"] == user[id]);
    primary.next().map_or(Value::Null, |item| item[name].clone())
}

/// `GET /users/{id}`
pub(super) fn get(shared: &Shared, call: &Call) -> Outcome {
    found("user", shared.directory().shown_user(call.id(0)))
}

/// `DELETE /users/{id}`
pub(super) fn delete(shared: &Shared, call: &Call) -> Outcome {
    found("user", shared.directory().delete_user(call.id(0)))
}

/// `PATCH /users/{id}/metadata`
pub(super) fn merge_metadata(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&METADATA)?;
    for name in METADATA {
        body.object(name)?;
    }
    let changed = shared.directory().change_user(call.id(0), |user| {
        for name in METADATA {
            if let Some(Value::Object(patch)) = body.given(name) {
                merge(&mut user.object[name], patch);
            }
        }
    });
    found("user", changed)
}

/// `PUT /users/{id}/metadata`
pub(super) fn replace_metadata(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&METADATA)?;
    for name in METADATA {
        body.object(name)?;
    }
    let changed = shared.directory().change_user(call.id(0), |user| {
        for name in METADATA {
            if let Some(value) = body.given(name) {
                user.object[name] = value.clone();
            }
        }
    });
    found("user", changed)
}

/// `POST /users/{id}/ban`
pub(super) fn ban(shared: &Shared, call: &Call) -> Outcome {
    found("user", set_banned(shared, call.id(0), true))
}

/// `POST /users/{id}/unban`
pub(super) fn unban(shared: &Shared, call: &Call) -> Outcome {
    found("user", set_banned(shared, call.id(0), false))
}

/// `POST /users/ban`
pub(super) fn ban_all(shared: &Shared, call: &Call) -> Outcome {
    set_all_banned(shared, call, true)
}

/// `POST /users/unban`
pub(super) fn unban_all(shared: &Shared, call: &Call) -> Outcome {
    set_all_banned(shared, call, false)
}

/// All of them or, if one is unknown, none.
fn set_all_banned(shared: &Shared, call: &Call, banned: bool) -> Outcome {
    let body = call.body(&["user_ids"])?;
    body.require("user_ids")?;
    let ids = body.texts("user_ids")?.unwrap_or_default();
    if ids.is_empty() || ids.len() > MOST_AT_ONCE {
        let message = format!("user_ids has to be a list of 1 to {MOST_AT_ONCE} ids");
        return Err(ApiError::param("form_param_value_invalid", message, "user_ids"));
    }
    if !ids.iter().all(|id| shared.directory().user_by_id(id).is_some()) {
        return Err(ApiError::not_found("user"));
    }
    let changed = ids.into_iter().filter_map(|id| set_banned(shared, id, banned));
    Ok(Value::Array(changed.collect()).into())
}

fn set_banned(shared: &Shared, id: &str, banned: bool) -> Option<Value> {
    let mut directory = shared.directory();
    if banned {
        directory.revoke_sessions_of(id);
    }
    directory.change_user(id, |user| user.object["banned"] = json!(banned))
}

/// `POST /users/{id}/lock`
pub(super) fn lock(shared: &Shared, call: &Call) -> Outcome {
    let now = shared.clock.unix_millis();
    let changed = shared.directory().change_user(call.id(0), |user| user.lock(now));
    found("user", changed)
}

/// `POST /users/{id}/unlock`
pub(super) fn unlock(shared: &Shared, call: &Call) -> Outcome {
    let changed = shared.directory().change_user(call.id(0), UserRecord::unlock);
    found("user", changed)
}

/// `POST /users/{id}/verify_password`
pub(super) fn verify_password(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&["password"])?;
    let digest = shared.password_digest(body.required("password")?);
    let directory = shared.directory();
    let Some(user) = directory.user_by_id(call.id(0)) else {
        return Err(ApiError::not_found("user"));
    };
    if user.object["password_enabled"] != json!(true) {
        return Err(ApiError::bad_request(
            "no_password_set",
            "the user has no password",
        ));
    }
    if user.password.as_ref() == Some(&digest) {
        return Ok(Answer::from(json!({ "verified": true })));
    }
    let message = "password is incorrect, or was given as a digest, which this local instance cannot check";
    Err(ApiError::param("incorrect_password", message, "password"))
}

/// `GET /users/{id}/organization_memberships`
pub(super) fn memberships(shared: &Shared, call: &Call) -> Outcome {
    let page = Page::of(&call.query)?;
    let id = known(shared, call)?;
    let mut all = shared.directory().shown_memberships(|_, user_id| user_id == id);
    all.reverse();
    envelope(all, page)
}

/// `GET /users/{id}/organization_invitations`
pub(super) fn invitations(shared: &Shared, call: &Call) -> Outcome {
    let page = Page::of(&call.query)?;
    let id = known(shared, call)?;
    let statuses = Statuses::of(&call.query, OF_INVITATIONS)?;
    let directory = shared.directory();
    let Some(user) = directory.user_by_id(id) else {
        return Err(ApiError::not_found("user"));
    };
    let mut all = directory.invitations_with_organization(|invitation| {
        user.identifications("email_addresses", "email_address")
            .any(|address| address == invitation.email_address)
    });
    all.retain(|shown| statuses.include(shown));
    all.reverse();
    envelope(all, page)
}

/// The id in the path, if there is such a user.
fn known<'a>(shared: &Shared, call: &'a Call) -> Result<&'a str, ApiError> {
    let id = call.id(0);
    match shared.directory().user_by_id(id) {
        Some(_) => Ok(id),
        None => Err(ApiError::not_found("user")),
    }
}

/// Why somebody may not sign in.
pub(in crate::server) fn refuse_sign_in(user: &Value) -> Result<(), ApiError> {
    let refuse = |code, message| Err(ApiError::new(StatusCode::FORBIDDEN, code, message));
    if user["banned"] == json!(true) {
        return refuse("user_banned", "this user is banned");
    }
    if user["locked"] == json!(true) {
        return refuse("user_locked", "this user is locked for now");
    }
    Ok(())
}
