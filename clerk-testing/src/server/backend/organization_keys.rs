//! Roles and permissions, as Clerk's dashboard lists them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::call::{Call, Outcome};
use super::list::{Page, envelope};
use crate::directory::role_name;
use crate::state::Shared;

/// `GET /organization_permissions`
pub(super) fn permissions(shared: &Shared, call: &Call) -> Outcome {
    let page = Page::of(&call.query)?;
    let all: BTreeSet<String> = shared.directory().roles().into_values().flatten().collect();
    envelope(all.iter().map(|key| permission(shared, key)).collect(), page)
}

/// `GET /organization_roles`
pub(super) fn roles(shared: &Shared, call: &Call) -> Outcome {
    let page = Page::of(&call.query)?;
    let roles = shared.directory().roles();
    let all = roles.iter().map(|(key, permissions)| {
        let permissions: Vec<Value> = permissions.iter().map(|key| permission(shared, key)).collect();
        json!({
            "object": "role",
            "id": shared.ids.named("role_", key),
            "name": role_name(key),
            "key": key,
            "description": null,
            "is_creator_eligible": key == "org:admin",
            "permissions": permissions,
            "created_at": 0,
            "updated_at": 0,
        })
    });
    envelope(all.collect(), page)
}

fn permission(shared: &Shared, key: &str) -> Value {
    json!({
        "object": "permission",
        "id": shared.ids.named("perm_", key),
        "name": role_name(key),
        "key": key,
        "description": "",
        "type": if key.starts_with("org:sys_") { "system" } else { "user" },
        "created_at": 0,
        "updated_at": 0,
    })
}
