use http::StatusCode;
use serde_json::{Value, json};

use super::body::value_invalid;
use super::call::{Call, Outcome, found};
use super::list::{Order, Page, envelope, member};
use super::user_filter::{UserFilter, values};
use super::users::order_key;
use crate::directory::Directory;
use crate::metadata::merge;
use crate::organization::role_key;
use crate::params::Params;
use crate::server::answer::ApiError;
use crate::state::Shared;

const METADATA: [&str; 2] = ["public_metadata", "private_metadata"];
const ORDERS: [&str; 6] = [
    "created_at",
    "phone_number",
    "email_address",
    "first_name",
    "last_name",
    "username",
];

/// `GET /organizations/{id}/memberships`
pub(super) fn list(shared: &Shared, call: &Call) -> Outcome {
    let directory = shared.directory();
    known(&directory, call)?;
    listed(&directory, &call.query, |organization| organization == call.id(0))
}

/// `GET /organization_memberships`
pub(super) fn list_all(shared: &Shared, call: &Call) -> Outcome {
    listed(&shared.directory(), &call.query, |_| true)
}

fn listed(directory: &Directory, query: &Params, is_wanted: impl Fn(&str) -> bool) -> Outcome {
    let page = Page::of(query)?;
    let order = Order::of(query, &ORDERS)?;
    let filter = UserFilter::of(query)?;
    let roles = values(query, "role")?;
    let mut all = directory.shown_memberships(|organization, user_id| {
        let user = directory.shown_user(user_id);
        is_wanted(organization) && user.is_some_and(|user| filter.matches(&user, Vec::new))
    });
    all.retain(|membership| roles.is_empty() || roles.iter().any(|role| membership["role"] == **role));
    order.apply(&mut all, |membership, field| {
        if field == "created_at" {
            return member(membership, field);
        }
        let id = membership["public_user_data"]["user_id"].as_str();
        let user = id.and_then(|id| directory.shown_user(id));
        user.map_or(Value::Null, |user| order_key(&user, field))
    });
    envelope(all, page)
}

/// `POST /organizations/{id}/memberships`
pub(super) fn create(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&["user_id", "role", "public_metadata", "private_metadata"])?;
    let mut directory = shared.directory();
    let organization = known(&directory, call)?;
    let user_id = body.required("user_id")?;
    let role = role(&directory, body.required("role")?)?;
    let (public, private) = (
        body.metadata("public_metadata")?,
        body.metadata("private_metadata")?,
    );
    let id = call.id(0);
    if directory.user_by_id(user_id).is_none() {
        return Err(ApiError::not_found("user"));
    }
    if directory.shown_membership(id, user_id).is_some() {
        return Err(ApiError::bad_request(
            "already_a_member_in_organization",
            "the user is already a member of the organization",
        ));
    }
    let most = organization["max_allowed_memberships"].as_u64().unwrap_or(0);
    let (members, pending) = directory.counts(id);
    if most > 0 && (members + pending) as u64 >= most {
        return Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "quota_exceeded",
            "the organization has as many members and pending invitations as max_allowed_memberships says",
        ));
    }
    directory.join(id, user_id, &role, None);
    let has_metadata = [&public, &private]
        .into_iter()
        .any(|metadata| *metadata != json!({}));
    if has_metadata {
        directory.change_membership(id, user_id, |membership| {
            membership.public_metadata = public;
            membership.private_metadata = private;
        });
    }
    found("membership", directory.shown_membership(id, user_id))
}

/// `PATCH /organizations/{id}/memberships/{user id}`
pub(super) fn update(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&["role"])?;
    let mut directory = shared.directory();
    known(&directory, call)?;
    let role = role(&directory, body.required("role")?)?;
    let (id, user_id) = (call.id(0), call.id(1));
    if directory.shown_membership(id, user_id).is_some() {
        directory.join(id, user_id, &role, None);
        directory.bring_up_to_date(id);
    }
    found("membership", directory.shown_membership(id, user_id))
}

/// `PATCH /organizations/{id}/memberships/{user id}/metadata`
pub(super) fn merge_metadata(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&METADATA)?;
    let (public, private) = (body.object(METADATA[0])?, body.object(METADATA[1])?);
    let changed = shared
        .directory()
        .change_membership(call.id(0), call.id(1), |membership| {
            if let Some(patch) = public {
                merge(&mut membership.public_metadata, patch);
            }
            if let Some(patch) = private {
                merge(&mut membership.private_metadata, patch);
            }
        });
    found("membership", changed)
}

/// `DELETE /organizations/{id}/memberships/{user id}`
pub(super) fn delete(shared: &Shared, call: &Call) -> Outcome {
    found(
        "membership",
        shared.directory().leave(call.id(0), call.id(1), None),
    )
}

/// The organization in the path.
pub(super) fn known(directory: &Directory, call: &Call) -> Result<Value, ApiError> {
    directory
        .shown_organization(call.id(0))
        .ok_or_else(|| ApiError::not_found("organization"))
}

/// The key of a role that the instance has.
pub(super) fn role(directory: &Directory, name: &str) -> Result<String, ApiError> {
    let (key, roles) = (role_key(name), directory.roles());
    if roles.contains_key(&key) {
        return Ok(key);
    }
    let known: Vec<_> = roles.into_keys().collect();
    Err(value_invalid("role", &format!("one of {}", known.join(", "))))
}
